// The bytes of a mail from a stranger -> what is in it (postal-mime); hostile until it is cleaned.
import PostalMime, { type Address } from 'postal-mime';

const verbs = new Set(['confirm', 'verify', 'activate']);
const nouns = new Set(['subscription', 'email', 'mail', 'address', 'account', 'signup']);
const otherLanguages = ['best\u00e4tig', 'confirmez', 'conf\u00edrma', 'confirma tu'];

/** Whether a subject asks for an answer before a newsletter comes: "Confirm your subscription". */
export function asksToConfirm(subject: string): boolean {
  const start = subject.slice(0, 300).toLowerCase();
  const words = start.replaceAll('sign up', 'signup').split(/[^a-z]/);
  const verb = words.findIndex((word) => verbs.has(word));
  return (
    (verb >= 0 && words.slice(verb + 1).some((word) => nouns.has(word))) ||
    otherLanguages.some((said) => start.includes(said))
  );
}

export interface ParsedMail {
  messageId: string | null;
  /** Lower case. */
  from: string | null;
  fromName: string | null;
  to: { address: string; name: string }[];
  subject: string;
  date: Date | null;
  html: string | null;
  text: string | null;
  /** Where its list keeps it (RFC 5064). */
  archivedAt: string | null;
  /** A mail that was forwarded as a whole. */
  attached: Uint8Array | null;
}

const limits = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 };
const endOfHead = Buffer.from('\r\n\r\n');

/** Parses a mail; throws what postal-mime throws on one nested or headed beyond bounds. */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw, { ...limits, forceRfc822Attachments: true });
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  const attached = mail.attachments.find(({ mimeType }) => mimeType === 'message/rfc822')?.content;
  const to = (mail.to ?? []).flatMap((one) => one.group ?? [one]);
  return {
    messageId: mail.messageId ?? null,
    from: mail.from?.address?.toLowerCase() ?? null,
    fromName: mail.from?.name || null,
    to: to.map(({ address, name }) => ({ address: (address ?? '').toLowerCase(), name })),
    subject: mail.subject ?? '',
    date: dateOf(mail.date),
    html: mail.html ?? null,
    text: mail.text ?? null,
    archivedAt: header('archived-at')?.replace(/^<|>$/g, '') ?? null,
    attached: attached === undefined ? null : bytesOf(attached),
  };
}

/** The parts of a mail that reports something. */
export interface MailParts {
  /** Lower case. */
  from: string | null;
  text: string;
  header: (name: string) => string | null;
  /** The first part of this type, as text. */
  part: (type: string) => string | undefined;
}

/** Parses a mail into its parts; throws what postal-mime throws on one nested or headed beyond bounds. */
export async function parseMailParts(raw: Uint8Array): Promise<MailParts> {
  const mail = await PostalMime.parse(raw, { ...limits, forceRfc822Attachments: true, attachmentEncoding: 'utf8' });
  return {
    from: mail.from?.address?.toLowerCase() ?? null,
    text: mail.text ?? '',
    header: (name) => mail.headers.find(({ key }) => key === name)?.value ?? null,
    part: (type) => {
      const content = mail.attachments.find(({ mimeType }) => mimeType === type)?.content;
      return content === undefined
        ? undefined
        : typeof content === 'string'
          ? content
          : Buffer.from(bytesOf(content)).toString();
    },
  };
}

/** A mail that somebody wrote to us. */
export interface WrittenMail {
  /** Null where there is none, or an empty one. */
  messageId: string | null;
  /** Lower case; null unless there is one sender. */
  from: string | null;
  fromName: string;
  /** Lower case. */
  to: string[];
  cc: string[];
  date: Date | null;
  subject: string;
  text: string;
  html: string;
  /** Names of what was attached. */
  attached: string[];
  /** Of every field of this name. */
  values: (name: string) => string[];
}

/** Parses a mail that somebody wrote; throws what postal-mime throws on one nested or headed beyond bounds. */
export async function parseWrittenMail(raw: Uint8Array): Promise<WrittenMail> {
  const mail = await PostalMime.parse(raw, { ...limits, forceRfc822Attachments: true });
  return {
    messageId: idOf(mail.messageId),
    from: mail.from?.address?.toLowerCase() || null,
    fromName: mail.from?.name ?? '',
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    date: dateOf(mail.date),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attached: mail.attachments.filter(({ related }) => !related).map(({ filename, mimeType }) => filename ?? mimeType),
    values: (name) => mail.headers.filter(({ key }) => key === name).map(({ value }) => value),
  };
}

function idOf(field = ''): string | null {
  const id = field.trim();
  return id === '' || id.replaceAll(' ', '') === '<>' ? null : id;
}

function addressesOf(listed: readonly Address[] = []): string[] {
  return listed.flatMap((one) => one.group ?? [one]).map(({ address }) => (address ?? '').toLowerCase());
}

function dateOf(field: string | undefined): Date | null {
  const date = new Date(field ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Who sent a mail and what about: of its head alone, however long the rest is. */
export async function parseMailHead(raw: Buffer): Promise<Pick<ParsedMail, 'from' | 'subject'>> {
  const end = raw.indexOf(endOfHead);
  const { from, subject } = await parseMail(raw.subarray(0, end < 0 ? limits.maxHeadersSize : end + 4));
  return { from, subject };
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
}
