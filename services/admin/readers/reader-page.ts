// `/desk/readers/7`: one reader: their letters and what came back, what they agreed to; and what a curator does for them.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import type { Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { noticesTo, planNotice } from '../../../core/store/notices.ts';
import { deleteReader } from '../../../core/store/reader-data.ts';
import { lettersOf, releaseReader, suppressionOf, suppressReader } from '../../../core/store/reader-detail.ts';
import { readerById, setPaused, type Reader } from '../../../core/store/readers.ts';
import { countSignals } from '../../../core/store/signals.ts';
import { listConsents, mayReceive, recordRequest, unsubscribeReader } from '../../../core/store/subscriptions.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import type { Room } from '../../room.ts';
import { AskFirst } from '../issue/ask-first.ts';
import { editorOf, note, seesReaders, showDesk, showHistory } from '../desk.ts';
import { readableTime } from '../desk-time.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';
import { saidAnyway } from '../issue/note-edit.ts';
import { nameOf } from './readers.ts';

const lettersShown = 30;
const hourMs = 3_600_000;
const saidWords = {
  pause: 'Paused. They get nothing until it goes on.',
  resume: 'It goes on. They get the next issue.',
  suppress: 'Stopped. No mail goes to this address from now on.',
  release: 'Mail may go to this address again.',
  leave: 'They left. The links in their mails end with it.',
  resend: 'Another mail asks them to confirm.',
} as const;
type What = keyof typeof saidWords;
const whats = Object.keys(saidWords) as What[];
const query = z.object({ said: z.enum(whats).optional().catch(undefined) });
const form = z.object({ what: z.enum([...whats, 'delete'], 'Say what is to happen.') });

const stateWords: Record<string, string> = {
  planned: 'waits',
  leased: 'is being sent',
  submitted: 'taken by the mail server',
  failed: 'failed',
  unknown: 'nobody knows whether it arrived',
  suppressed: 'not sent: no mail may go there, or they stopped',
  bounced: 'came back',
  complained: 'marked as spam',
};

/** Registers the page. */
export function readerRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, config } = house;

  desk.get('/desk/readers/:id', async (request, reply) => {
    const reader = await readerOf(db, request);
    const { said } = readInput(query, request.query);
    const sees = seesReaders(request);
    const [interests, letters, consents, signals, suppression] = await Promise.all([
      listInterests(db, reader.id),
      lettersOf(db, { readerId: reader.id, limit: lettersShown }),
      listConsents(db, reader.id),
      countSignals(db, reader.id),
      suppressionOf(db, reader.email),
    ]);
    const time = (at: Date | null) => readableTime(at, config.TIMEZONE);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-reader',
        isKeepable: true,
        title: nameOf(reader, sees),
        here: 'readers',
        said: said ? saidWords[said] : null,
        reader: { id: reader.id, status: reader.status, length: reader.length, since: time(reader.createdAt), confirmed: time(reader.confirmedAt) }, // prettier-ignore
        interests,
        signals,
        suppression: suppression ? { reason: suppression.reason, at: time(suppression.at) } : null,
        letters: letters.map(({ state, at, ...letter }) => ({ ...letter, state: stateWords[state] ?? state, at: time(at) })), // prettier-ignore
        consents: consents.map(({ event, wording, address, at }) => ({ event, wording, network: sees ? address : null, at: time(at) })), // prettier-ignore
        can: mayDo(reader, suppression?.reason),
        history: await showHistory(house, `reader ${reader.id}`),
      },
    );
  });
}

/** Registers the form. */
export function readerChangesRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;
  const changes = readerChanges(house);

  desk.post('/desk/readers/:id', async (request, reply) => {
    const curator = editorOf(request);
    const reader = await readerOf(db, request);
    const { what } = readInput(form, request.body);
    const subject = `reader ${reader.id}`;
    if (what === 'delete') {
      askBeforeDeleting(request, reader);
      await deleteReader(db, { readerId: reader.id, hashOf: await departedHash(house), at: now() });
      await note(db, curator, { action: 'delete a reader', subject, at: now() });
      return reply.redirect('/desk/readers?said=deleted', 303);
    }
    if (!(await changes[what](reader, curator.name))) {
      throw new PageError(409, 'This is not how they stand any more.', { todo: 'Look at them again.', href: `/desk/readers/${reader.id}`, words: 'To their page' }); // prettier-ignore
    }
    await note(db, curator, { action: actionWords[what], subject, before: { status: reader.status }, at: now() });
    return reply.redirect(`/desk/readers/${reader.id}?said=${what}`, 303);
  });
}

/** What a curator does to a reader; each is true when it changed anything. */
function readerChanges(house: House): Record<What, (reader: Reader, by: string) => Promise<boolean>> {
  const { db, now, queue } = house;
  return {
    pause: async ({ id, status }) => status === 'active' && (await setPaused(db, id, { paused: true, at: now() })) > 0,
    resume: async ({ id }) => (await setPaused(db, id, { paused: false, at: now() })) > 0,
    suppress: ({ id }) => suppressReader(db, { readerId: id, at: now() }),
    release: ({ id }) => releaseReader(db, id),
    leave: ({ id }, by) => unsubscribeReader(db, { readerId: id, wording: `At the desk, by ${by}`, at: now() }),
    resend: async (reader, by) => {
      if (reader.status !== 'pending') return false;
      await askAgain(house, reader, by);
      await queue.enqueue('notices.send', {});
      return true;
    },
  };
}

function askAgain({ db, now }: House, { email }: Reader, by: string): Promise<void> {
  const at = now();
  return db.transaction(async (tx) => {
    if (!(await mayReceive(tx, email)))
      throw new PageError(409, 'No mail may go to this address.', 'It bounced, complained, or was stopped here.');
    const since = new Date(at.getTime() - hourMs);
    if ((await noticesTo(tx, { kind: 'confirm', email, since })).length > 0)
      throw new PageError(409, 'A mail that asks them went out within the hour.', 'Wait until it had time to arrive.');
    const wording = `Asked again at the desk by ${by}`;
    await recordRequest(tx, { email, interests: [], wording, address: null, at });
    await planNotice(tx, { kind: 'confirm', email, at });
  });
}

const actionWords: Record<What, string> = {
  pause: 'pause a reader',
  resume: 'resume a reader',
  suppress: 'stop mail to a reader',
  release: 'allow mail to a reader',
  leave: 'unsubscribe a reader',
  resend: 'ask a reader to confirm again',
};

async function readerOf(db: Queryable, request: FastifyRequest): Promise<Reader> {
  const reader = await readerById(db, readInput(idParams, request.params).id);
  if (!reader) throw notFound('There is no such reader (any more).');
  return reader;
}

/** What can be done as they stand. */
function mayDo({ status }: Reader, suppressed: string | undefined) {
  return {
    pause: status === 'active',
    resume: status === 'paused',
    suppress: suppressed === undefined,
    release: suppressed === 'curator',
    leave: status === 'active' || status === 'paused' || status === 'pending',
    resend: status === 'pending' && suppressed === undefined,
  };
}

/** Nothing brings them back, so it asks once. */
function askBeforeDeleting(request: FastifyRequest, { id, email }: Reader): void {
  const anyway = `delete ${id}`;
  if (saidAnyway(request, anyway)) return;
  throw new AskFirst(`Delete ${email}?`, {
    todo: 'Their interests, answers and letters go at once and for good. A keyed hash of the address stays, so that no import brings them back.',
    anyway,
    button: 'Delete them',
  });
}
