// `/desk/readers`: who gets it, found by address, state or interest; adding somebody, and the whole list as CSV.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { csvCell } from '../../../core/readers/read-reader-list.ts';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import type { Queryable, Transactional } from '../../../core/db.ts';
import { oneLine } from '../../../core/one-line.ts';
import { lockAsks } from '../../../core/store/asks.ts';
import { maxInterestLength, maxInterests } from '../../../core/store/interests.ts';
import {
  exportedReaders,
  listReaders,
  type ExportedReader,
  type ListedReader,
} from '../../../core/store/reader-list.ts';
import { addReaders, countReaders, readerByEmail, type ReaderStatus } from '../../../core/store/readers.ts';
import { mayReceive } from '../../../core/store/subscriptions.ts';
import { readableDate } from '../../../core/week.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { editorOf, note, seesReaders, showDesk, showHistory } from '../desk.ts';
import { emailField } from '../form-fields.ts';
import { askToConfirm } from './ask-to-confirm.ts';

export const readerStatusWords = {
  active: 'get the issue',
  pending: 'have not confirmed yet',
  paused: 'paused it',
  unsubscribed: 'left',
  bounced: 'cannot be reached',
  complained: 'marked it as unwanted',
} as const satisfies Record<ReaderStatus, string>;
const statuses = Object.keys(readerStatusWords) as ReaderStatus[];

const listed = 50;
const exportedAtOnce = 1_000;
const saidWords = {
  added: 'Added. They get the next issue.',
  asked:
    'A mail asks them to confirm. Once they did, they get the newest issue of the last two weeks, else the next one.',
  imported: 'Imported. What was done stands below.',
  deleted: 'Deleted, with everything that was kept about them.',
} as const;
const query = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  status: z.enum(statuses).optional().catch(undefined),
  before: rowId().optional().catch(undefined),
  said: z.enum(Object.keys(saidWords) as (keyof typeof saidWords)[]).optional().catch(undefined), // prettier-ignore
});
const addForm = z.object({
  email: emailField('their e-mail address', 'Their e-mail address should read like name@example.org.'),
  interests: z.string().max(2_000, 'The interests are too long.').default(''),
  how: z.enum(['ask', 'agreed'], 'Say whether they are asked first.').default('ask'),
  basis: z.string().trim().max(300, 'Say in at most 300 characters how they agreed.').default(''),
});

/** Registers the list, the form to add somebody and the export. */
export function readersRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, now } = house;

  desk.get('/desk/readers', (request, reply) => showReaders(room, { request, reply }));

  desk.post('/desk/readers/export', async (request, reply) => {
    await note(db, editorOf(request), { action: 'export the readers', subject: 'readers', at: now() });
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="readers.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(exportLines(db)));
  });
}

/** The list, with a list to import that was not taken: as it was typed, and what is wrong at its field. */
export async function showReaders(
  room: Room,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  refused?: { list: string; basis: string; errors: { list?: string; basis?: string } },
): Promise<FastifyReply> {
  const { house } = room;
  const { db, config } = house;
  const { q = '', status, before, said } = readInput(query, request.query);
  const sees = seesReaders(request);
  const found = await listReaders(db, { words: q, inAddresses: sees, status, before, limit: listed + 1 });
  const counts = await countReaders(db);
  return showDesk(
    room,
    { request, reply },
    {
      name: 'desk-readers',
      isKeepable: refused === undefined,
      status: refused ? 400 : 200,
      refused: { list: '', basis: '', ...refused, errors: { list: null, basis: null, ...refused?.errors } },
      title: 'Readers',
      here: 'readers',
      said: said ? saidWords[said] : null,
      q,
      chosen: status ?? '',
      counts: statuses.map((one) => ({ status: one, words: readerStatusWords[one], count: counts[one] })),
      total: statuses.reduce((sum, one) => sum + counts[one], 0),
      readers: found.slice(0, listed).map((reader) => showReader(reader, { sees, zone: config.TIMEZONE })),
      next: found.length > listed ? pageAfter({ q, status, before: found[listed - 1]!.id }) : null,
      isFirst: before === undefined,
      history: await showHistory(house, 'readers'),
    },
  );
}

/** Registers the form that adds one reader: who agreed already, or who is asked by a mail. */
export function newReaderRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;

  desk.post('/desk/readers', async (request, reply) => {
    const curator = editorOf(request);
    const { email, interests: typed, how, basis } = readInput(addForm, request.body);
    const interests = interestsOf(typed);
    const at = now();
    const hasAgreed = how === 'agreed';
    const hashOf = await departedHash(house);
    await db.transaction(async (tx) => {
      // One after another, with what strangers ask for: two who add the same address send it one mail.
      await lockAsks(tx);
      await refuseKnown(tx, email);
      if (hasAgreed) await addAgreed(tx, { email, interests, wording: agreedWording(basis, curator.name), at, hashOf });
      else await askToConfirm(tx, { email, interests, wording: `Asked at the desk by ${curator.name}`, at });
      const reader = (await readerByEmail(tx, email))!;
      const action = hasAgreed ? 'add a reader who agreed' : 'ask a reader to confirm';
      await note(tx, curator, { action, subject: `reader ${reader.id}`, after: { interests }, at });
    });
    if (!hasAgreed) await queue.enqueue('notices.send', {});
    return reply.redirect(`/desk/readers?said=${hasAgreed ? 'added' : 'asked'}`, 303);
  });
}

function interestsOf(typed: string): string[] {
  const interests = typed.split(',').map(oneLine).filter((words) => words !== '').slice(0, maxInterests); // prettier-ignore
  if (interests.some(({ length }) => length > maxInterestLength))
    throw new PageError(400, `An interest may have ${maxInterestLength} characters.`, 'Shorten it.');
  return interests;
}

function agreedWording(basis: string, by: string): string {
  if (basis === '')
    throw new PageError(400, 'Say how they agreed: when, and where.', 'It is kept as the proof of their consent.');
  return `${basis} (added at the desk by ${by})`;
}

async function addAgreed(
  tx: Transactional,
  { email, interests, ...how }: { email: string; interests: string[]; wording: string; at: Date; hashOf: (text: string) => string }, // prettier-ignore
): Promise<void> {
  const added = await addReaders(tx, { readers: [{ email, interests, length: 12 }], ...how });
  if (added === 0)
    throw new PageError(409, 'This address is known here: they left, or had everything about them deleted.', 'They come back by subscribing at the site.'); // prettier-ignore
}

async function refuseKnown(db: Queryable, email: string): Promise<void> {
  const known = await readerByEmail(db, email);
  if (known && known.status !== 'pending' && known.status !== 'unsubscribed') {
    throw new PageError(409, 'This address is a reader already.', { todo: 'Look at them instead.', href: `/desk/readers/${known.id}`, words: 'To their page' }); // prettier-ignore
  }
  if (!(await mayReceive(db, email))) {
    throw new PageError(409, 'No mail may go to this address: it bounced, complained, or was stopped here.', 'Ask them for another one.'); // prettier-ignore
  }
}

/** An address as far as the curator may see it. */
export function nameOf({ id, email }: { id: number; email: string }, sees: boolean): string {
  return sees ? email : `reader ${id}`;
}

function showReader(reader: ListedReader, { sees, zone }: { sees: boolean; zone: string }) {
  const { id, status, interests, createdAt, lastAt, lastNumber, isSuppressed } = reader;
  return {
    id,
    name: nameOf(reader, sees),
    status: isSuppressed && status === 'active' ? 'stopped' : status,
    interests: interests.slice(0, 3).join(', ') + (interests.length > 3 ? ' …' : ''),
    since: readableDate(createdAt, zone),
    last: lastAt ? `No ${lastNumber}, ${readableDate(lastAt, zone)}` : '–',
  };
}

function pageAfter({ q, status, before }: { q: string; status: ReaderStatus | undefined; before: number }): string {
  const next = new URLSearchParams({ ...(q && { q }), ...(status && { status }), before: String(before) });
  return `/desk/readers?${next.toString()}`;
}

const exportColumns = ['email', 'status', 'length', 'lang', 'interests', 'created_at', 'confirmed_at', 'consent', 'consent_wording', 'consent_at', 'consent_network']; // prettier-ignore

/** The export, a part at a time: nobody holds 100,000 readers in memory. */
async function* exportLines(db: Queryable): AsyncGenerator<string> {
  yield `${exportColumns.join(',')}\r\n`;
  for (let afterId = 0; ;) {
    const readers = await exportedReaders(db, { afterId, limit: exportedAtOnce });
    if (readers.length === 0) return;
    afterId = readers.at(-1)!.id;
    yield readers.map(exportLine).join('');
  }
}

function exportLine(reader: ExportedReader): string {
  const time = (at: Date | null): string => at?.toISOString() ?? '';
  const cells = [
    reader.email,
    reader.status,
    String(reader.length),
    reader.lang ?? '',
    reader.interests.join(';'),
    time(reader.createdAt),
    time(reader.confirmedAt),
    reader.consent ?? '',
    reader.consentWording ?? '',
    time(reader.consentAt),
    reader.consentNetwork ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}
