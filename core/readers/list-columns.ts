// A row of any list of readers -> what its own columns say of a reader, whatever they are called; pure.
import { DateTime } from 'luxon';
import { foldWords } from '../mail/fold-words.ts';
import type { ImportedReader } from '../store/reader-imports.ts';
import { isWordsLang } from '../words-langs.ts';

export type ListRow = Readonly<Record<string, string>>;
export type ListFacts = Partial<Omit<ImportedReader, 'email'>>;

/** Lower case, as lists in use call them; the first that says something is taken. */
const columns = {
  createdAt: ['created_at', 'created', 'subscribed_at', 'signup_date', 'joined_at', 'date_added', 'timestamp_signup'],
  agreedAt: ['consent_at', 'agreed_at', 'confirmed_at', 'confirm_time', 'optin_time', 'opt_in_date', 'consent_date', 'timestamp_opt'],
  network: ['consent_network', 'consent_ip', 'confirm_ip', 'optin_ip', 'ip_opt', 'ip_signup', 'ip'],
  agreed: ['consent_wording', 'consent_text', 'consent', 'agreed', 'opt_in', 'optin', 'basis', 'how'],
  lang: ['lang', 'language', 'locale'],
} as const; // prettier-ignore

/** Marks that say whether somebody agreed, and nothing of how. */
const marks = {
  yes: ['yes', 'y', 'true', '1', 'x', 'on', 'confirmed', 'resubscribed', 'unsubscribed', 'ja', 'wahr', 'oui', 'vrai', 'si', 'verdadero', '是', '真'],
  no: ['no', 'n', 'false', '0', 'off', 'refused', 'declined', 'denied', 'revoked', 'withdrawn', 'none', 'nein', 'falsch', 'non', 'faux', 'falso', '否', '不', '假'],
}; // prettier-ignore
/** As PostgreSQL and we write years; what is beside them was mistyped. */
const years = { first: 1_990, last: 9_999 };
const wordingCharacters = 450;

/** When and how they agreed, from where, and their language: what the list says wins over what is typed beside it. */
export function readColumns(row: ListRow): ListFacts {
  const said = (what: keyof typeof columns): string[] => columns[what].map((column) => (row[column] ?? '').trim()).filter(Boolean); // prettier-ignore
  const first = (what: 'createdAt' | 'agreedAt'): string | null => said(what).flatMap((text) => timeOf(text) ?? [])[0] ?? null; // prettier-ignore
  const wording = said('agreed').find((text) => !isMark(text)) ?? '';
  const lang = said('lang')[0]?.toLowerCase().split(/[-_]/)[0];
  return {
    createdAt: first('createdAt'),
    agreedAt: first('agreedAt'),
    network: said('network')[0] ?? null,
    ...(wording !== '' && { wording: wording.slice(0, wordingCharacters), saysHow: true }),
    ...(isWordsLang(lang) && { lang }),
  };
}

/** Whether a column that is about consent says no. */
export function hasRefused(row: ListRow): boolean {
  return columns.agreed.some((column) => marks.no.includes(asMark(row[column] ?? '')));
}

function isMark(text: string): boolean {
  return [...marks.yes, ...marks.no].includes(asMark(text));
}

/** "No.", "NEIN" and "Sí" are marks, too. */
function asMark(text: string): string {
  const folded = foldWords(text);
  return ['.', '!'].includes(folded.at(-1) ?? '') ? folded.slice(0, -1) : folded;
}

/** ISO 8601, or "2024-03-05 10:11:12" as Mailchimp writes it, both UTC where they say no zone; null for anything else. */
export function timeOf(text: string | undefined): string | null {
  // An hour alone would be one of the day it is read on.
  if (!text || !/^\d{4}/.test(text.trim())) return null;
  const at = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: 'utc' });
  return at.isValid && at.year >= years.first && at.year <= years.last ? at.toJSDate().toISOString() : null;
}

/** What is kept as the proof of a consent: the words of the list where it has any, else those of whoever imports it. */
export function consentWords(
  { wording, saysHow }: Pick<ImportedReader, 'wording' | 'saysHow'>,
  { by, origin, basis }: { by: string; origin: string; basis: string },
): string {
  const imported = `mported by ${by}, ${origin}`;
  return saysHow ? `${wording} (i${imported})` : `${wording}. I${imported}: ${basis}`;
}
