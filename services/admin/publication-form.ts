// What readers see of the publication: asked on the first-run page, changed on the settings page, kept as settings.
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import type { LoadedSettings, Settings } from '../../core/store/settings.ts';
import { emailField, lineField } from './form-fields.ts';

type MailConfig = Pick<Config, 'MAIL_FROM' | 'SMTP_URL'>;
type PublicationSettings = Pick<Settings, 'publication' | 'mailFrom' | 'postalAddress'>;

/** The questions; the sender is none where MAIL_FROM has answered it, and what a form says about it then is ignored. */
export function publicationFields({ MAIL_FROM }: MailConfig) {
  const sender = emailField('the sender of the mails', 'The sender is an e-mail address such as news@example.org.');
  return {
    publication: lineField('the name of the publication'),
    mailFrom: MAIL_FROM === undefined ? sender : z.undefined().catch(undefined),
    postalAddress: z
      .string()
      .trim()
      .max(500, 'The postal address is too long.')
      .default('')
      .transform((address) => address.replaceAll('\r\n', '\n')),
  };
}

/** The answers as settings: mails come from the sender's address in the name of the publication. */
export function publicationSettings(fields: {
  publication: string;
  mailFrom: string | undefined;
  postalAddress: string;
}): PublicationSettings {
  const { publication, mailFrom, postalAddress } = fields;
  // What would end a name within an address header cannot stand in it.
  const name = publication.replace(/["\\<>]/g, '');
  return { publication, postalAddress, ...(mailFrom !== undefined && { mailFrom: `"${name}" <${mailFrom}>` }) };
}

/** What `desk-publication` shows in its fields. */
export function showPublication({ MAIL_FROM, SMTP_URL }: MailConfig, settings: LoadedSettings) {
  const { mailFrom = '', postalAddress } = settings;
  return {
    mailFrom: /<([^<>]*)>$/.exec(mailFrom)?.[1] ?? mailFrom,
    postalAddress,
    fixedFrom: MAIL_FROM ?? null,
    hasMailServer: SMTP_URL !== undefined,
  };
}
