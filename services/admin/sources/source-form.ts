// The form of one source -> its settings; what does not fit is said in a sentence.
import { z } from 'zod';
import { isSameOrigin } from '../../../core/network/same-origin.ts';
import { sourceAddress } from '../../../core/addresses/source-address.ts';
import { sourceKinds } from '../../../core/source-kinds.ts';
import { sections } from '../../../core/sections.ts';
import type { SecretChange, SourceSettings } from '../../../core/store/source-settings.ts';
import type { Source } from '../../../core/store/sources.ts';
import { PageError } from '../../page-error.ts';
import { typedIn, type TypedFields } from '../../read-fields.ts';
import { lineField } from '../form-fields.ts';

const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** RFC 9110 allows tabs too; nobody types one. */
const headerValue = /^[\x20-\x7e]{0,4000}$/;
/** What the connection is made of, or a field of its own says. */
const ownHeaders =
  /^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|keep-alive|expect|accept-encoding|if-.*|user-agent)$/;
const secretHeaders = /^(authorization|proxy-authorization|cookie)$/;

const optional = (value: string): string | null => (value === '' ? null : value);

export const sourceForm = z.object({
  title: lineField('the name'),
  address: z.string().trim().max(2000, 'Make the address shorter.').default(''),
  section: z.enum(['', ...sections.map(({ key }) => key)], 'Choose a section.').transform(optional),
  language: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([a-z]{2})?$/, 'A language is two letters, such as en or zh.')
    .transform(optional),
  muted: z.enum(['yes', '']).optional(),
  weight: z.coerce
    .number('The weight is a number from 0.1 to 10.')
    .min(0.1, 'The weight is at least 0.1; to keep a source out of drafts, mute it.')
    .max(10, 'The weight is at most 10.'),
  interval: z
    .string()
    .regex(/^\d{0,5}$/, 'Choose how often to look.')
    .transform((minutes) => (Number(minutes) > 0 ? Math.max(5, Number(minutes)) : null)),
  userAgent: z
    .string()
    .trim()
    .max(200, 'Make the user agent shorter.')
    .regex(headerValue, 'The user agent may hold letters, digits and signs of ASCII only.')
    .transform(optional),
  headers: z.string().max(4000, 'Make the headers shorter.').default(''),
  secretHeader: z.string().trim().toLowerCase().default(''),
  secret: z
    .string()
    .trim()
    .regex(headerValue, 'The secret may hold letters, digits and signs of ASCII only.')
    .default(''),
  dropSecret: z.literal('yes').optional(),
});

type SourceFields = z.infer<typeof sourceForm>;

/** A directory, and a mailbox, whose address is made. */
function keepsAddress(kind: Source['kind']): boolean {
  const { isLocal, hasMailbox } = sourceKinds[kind];
  return isLocal === true || hasMailbox === true;
}

/** What the form asks for. A directory keeps its address: whoever types one could read any file here. */
export function settingsOf(source: Source, fields: SourceFields): { settings: SourceSettings; secret: SecretChange } {
  const { title, section, language, muted, weight, interval, userAgent } = fields;
  const url = keepsAddress(source.kind) ? source.url : sourceAddress(source.kind, fields.address);
  if (!url) throw refuse(`"${fields.address}" is not an address that can be read.`, 'It should start with https://.');
  const headers = readHeaders(fields.headers);
  const settings = { title, url, section, language, muted: muted === 'yes', weight, intervalMinutes: interval, userAgent, headers }; // prettier-ignore
  return { settings, secret: secretOf(source, fields, url) };
}

/** A secret belongs to the origin it was given for: with a new one it goes, unless it is typed again. */
function secretOf(source: Source, fields: SourceFields, url: string): SecretChange {
  const { secret: value, secretHeader: header } = fields;
  if (value !== '') {
    checkName(header);
    return { header, value };
  }
  if (fields.dropSecret || source.secretHeader === null) return null;
  if (!isSameOrigin(source.url, url)) return null;
  if (header !== source.secretHeader) {
    throw refuse('The secret is kept with its header.', 'Type the secret again to send it in another header.');
  }
  return undefined;
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
      checkName(name.toLowerCase());
      if (secretHeaders.test(name.toLowerCase())) {
        throw refuse(`"${name}" holds a secret.`, 'Put it into the fields for the secret, which nobody is shown.');
      }
      if (!headerValue.test(value)) throw refuse(`The header "${name}" holds signs that no header may.`, 'Correct it.');
      return [name.toLowerCase(), value];
    }),
  );
}

function checkName(name: string): void {
  if (!headerName.test(name)) throw refuse('A header is a line such as "X-Plan: gold".', 'Correct it.');
  if (ownHeaders.test(name)) throw refuse(`The header "${name}" is set by Courant itself.`, 'Leave it out.');
}

function refuse(what: string, todo: string): PageError {
  return new PageError(400, what, todo);
}

/** The form as it was sent, with its box: browsers send none that is not ticked. */
export function sentForm(body: unknown): TypedFields {
  return { muted: '', ...typedIn(body) };
}

/** A secret was typed for the host that the form showed: it goes to no other that somebody has put there since. */
export function keepSecretFrom(address: string | undefined, typed: TypedFields): void {
  if (typed['secret'] && address !== typed['address'])
    throw refuse(
      'Somebody changed the address while you typed the secret.',
      'Look at the new one, then type it again.',
    );
}

/** The fields as the form shows them, but for the secret. */
export function fieldsOf(source: SourceSettings & Pick<Source, 'kind' | 'secretHeader'>): TypedFields {
  const { title, url, section, language, muted, weight, intervalMinutes, userAgent, headers, secretHeader } = source;
  return {
    title,
    // Who knows the address of a mailbox can write into it.
    ...(!keepsAddress(source.kind) && { address: url }),
    section: section ?? '',
    language: language ?? '',
    muted: muted ? 'yes' : '',
    // A weight is stored with four bytes.
    weight: String(Number(weight.toFixed(2))),
    interval: String(intervalMinutes ?? ''),
    userAgent: userAgent ?? '',
    headers: headerLines(headers),
    secretHeader: secretHeader ?? 'authorization',
  };
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
