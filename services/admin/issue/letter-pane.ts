// The right pane of an issue's page: whose letter it is, how it is shown, and what became of the last test mail.
import type { FastifyRequest } from 'fastify';
import type { House } from '../../../core/house.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { lastNotice } from '../../../core/store/notices.ts';
import { findReaders, listActiveReaders, readerById, type Reader } from '../../../core/store/readers.ts';
import { languageName } from '../../../core/words-langs.ts';
import { curatorOf, seesReaders } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { hiddenFields, issueAddress, type View } from './issue-view.ts';

/** Readers offered without a search, and found by one. */
const mostOffered = 20;
const mostFound = 8;
const looks = { wide: 'Wide', phone: 'Phone', text: 'Text', archive: 'Archive', why: 'Why', map: 'Map' } as const;

/** What an address of the letter says of whose it is: nobody's interests where the words are looked for among addresses. */
export function madeUp({ as }: Pick<View, 'as'>): string[] {
  if (as.includes('@')) return [];
  const words = as.split('+').flatMap((part) => part.split(',')).map((part) => part.trim()); // prettier-ignore
  return words.filter((word) => word !== '').slice(0, 8);
}

/** Readers, looks and schemes with where each choice leads; the last test mail to whoever looks. */
export async function showLetterPane(
  { db, config }: House,
  { issue, view, request }: { issue: Issue; view: View; request: FastifyRequest },
) {
  const to = (other: Partial<View>): string => issueAddress(issue.id, view, { pane: 'letter', ...other });
  const showsAddress = seesReaders(request);
  const nameOf = ({ id, email, lang }: Pick<Reader, 'id' | 'email' | 'lang'>): string =>
    `${showsAddress ? email : `reader ${id}`}${lang === null || lang === config.SITE_LANGUAGE ? '' : `, in ${languageName(lang)}`}`;
  const offered = await listActiveReaders(db, mostOffered);
  const chosen = view.reader === undefined || offered.some(({ id }) => id === view.reader) ? undefined : await readerById(db, view.reader); // prettier-ignore
  const isSearch = view.as.includes('@') && showsAddress;
  const found = isSearch ? await findReaders(db, view.as, mostFound) : [];
  return {
    readers: [...offered, ...(chosen ? [chosen] : [])].map((reader) => ({ id: reader.id, name: nameOf(reader) })),
    isSearch,
    found: found.map(({ id, email, status }) => ({ email, status, href: to({ reader: id, as: '' }) })),
    madeUp: madeUp(view).join(' + '),
    nobodyHref: to({ reader: undefined, as: '' }),
    looks: Object.entries(looks).map(([look, name]) => ({ look, name, href: to({ look: look as View['look'] }) })),
    schemeHref: to({ scheme: view.scheme === 'dark' ? 'light' : 'dark' }),
    readerFields: hiddenFields(view, ['reader', 'as', 'pane']),
    letterQuery: new URLSearchParams({ ...(view.reader && { reader: String(view.reader) }), ...(view.as && { as: view.as }), ...(view.lang && { lang: view.lang }) }).toString(), // prettier-ignore
    testMail: await tellTestMail(db, { issue, email: curatorOf(request).email, timezone: config.TIMEZONE }),
  };
}

const stateWords: Readonly<Record<string, string>> = {
  planned: 'is on its way',
  leased: 'is on its way',
  submitted: 'was taken by the mail server',
  failed: 'was refused',
  unknown: 'broke off; nobody knows whether it arrived',
};

async function tellTestMail(
  db: House['db'],
  { issue, email, timezone }: { issue: Issue; email: string; timezone: string },
): Promise<string | null> {
  const last = await lastNotice(db, { kind: 'test-letter', email, issueId: issue.id });
  if (!last) return null;
  const why = last.state === 'failed' ? `: ${last.smtpReply ?? last.reason ?? 'without a reason'}` : '';
  return `The test mail of ${deskTime(last.createdAt, timezone)} to ${email} ${stateWords[last.state] ?? last.state}${why}.`;
}
