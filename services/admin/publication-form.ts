// What readers see of the publication: asked on the first-run page, changed on the settings page, kept as settings.
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import { oneLine } from '../../core/one-line.ts';
import type { LoadedSettings, Settings } from '../../core/store/settings.ts';
import { mailField } from '../mail-field.ts';
import { emailField, lineField } from './form-fields.ts';

type MailConfig = Pick<Config, 'MAIL_FROM' | 'SMTP_URL'>;
type PublicationSettings = Pick<
  Settings,
  'publication' | 'mailFrom' | 'postalAddress' | 'tagline' | 'replyTo' | 'footer' | 'personalSubject' | 'asksPairs'
>;

const noneIfEmpty = (typed: unknown): unknown => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed);
const text = (what: string) =>
  z
    .string()
    .trim()
    .max(500, `${what} is too long.`)
    .transform((typed) => typed.replaceAll('\r\n', '\n'));

/**
 * The questions; the sender is none where MAIL_FROM has answered it, and what a form says about it then is ignored. With
 * `mayLackSender` an empty one is no answer: who renames the publication need not know yet who it is from.
 */
export function publicationFields({ MAIL_FROM }: MailConfig, { mayLackSender = false } = {}) {
  const sender = emailField('the sender of the mails', 'The sender is an e-mail address such as news@example.org.');
  const replyWrong = 'Answers go to an e-mail address such as editors@example.org.';
  return {
    publication: lineField('the name of the publication'),
    mailFrom:
      MAIL_FROM !== undefined
        ? z.undefined().catch(undefined)
        : mayLackSender
          ? z.preprocess(noneIfEmpty, sender.optional())
          : sender,
    postalAddress: text('The postal address').default(''),
    tagline: z.string().overwrite(oneLine).max(100, 'The line under the name may have 100 characters.').optional(),
    replyTo: z.union([z.literal(''), mailField({ missing: replyWrong, wrong: replyWrong })], replyWrong).optional(),
    footer: text('The text at the end of the letter').optional(),
    subject: z.enum(['editors', 'personal'], { error: 'Choose what the subject says.' }).optional(),
    pairs: z.enum(['ask', 'no'], { error: 'Choose whether letters ask.' }).optional(),
  };
}

/** The answers as settings: mails come from the sender's address in the name of the publication; what was not asked stays. */
export function publicationSettings(fields: {
  publication: string;
  mailFrom?: string | undefined;
  postalAddress: string;
  tagline?: string | undefined;
  replyTo?: string | undefined;
  footer?: string | undefined;
  subject?: 'editors' | 'personal' | undefined;
  pairs?: 'ask' | 'no' | undefined;
}): PublicationSettings {
  const { mailFrom, tagline, replyTo, footer, subject, pairs, ...asked } = fields;
  // What would end a name within an address header cannot stand in it.
  const name = asked.publication.replace(/["\\<>]/g, '');
  return {
    ...asked,
    ...(mailFrom !== undefined && { mailFrom: `"${name}" <${mailFrom}>` }),
    ...(tagline !== undefined && { tagline }),
    ...(replyTo !== undefined && { replyTo }),
    ...(footer !== undefined && { footer }),
    ...(subject !== undefined && { personalSubject: subject === 'personal' }),
    ...(pairs !== undefined && { asksPairs: pairs === 'ask' }),
  };
}

/** What `desk-publication` shows in its fields. */
export function showPublication({ MAIL_FROM, SMTP_URL }: MailConfig, settings: LoadedSettings) {
  const { mailFrom = '', postalAddress, tagline, replyTo, footer } = settings;
  const values = {
    publication: settings.publication,
    mailFrom: /<([^<>]*)>$/.exec(mailFrom)?.[1] ?? mailFrom,
    postalAddress,
    tagline,
    replyTo,
    footer,
    subject: settings.personalSubject ? 'personal' : 'editors',
    pairs: settings.asksPairs ? 'ask' : 'no',
  };
  return {
    values,
    shown: {
      fixedFrom: MAIL_FROM ?? null,
      hasSender: settings.mailFrom !== undefined,
      hasMailServer: SMTP_URL !== undefined,
    },
  };
}
