// `/desk/readers/7`: one reader: their letters and what came back, what they agreed to; and what a curator does for them.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import type { Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { deleteReader } from '../../../core/store/reader-data.ts';
import { noticesTo, planNotice } from '../../../core/store/notices.ts';
import { lockReader } from '../../../core/store/reader-lock.ts';
import { lettersOf, releaseReader, suppressionOf, suppressReader } from '../../../core/store/reader-detail.ts';
import { readerById, setPaused, type Reader } from '../../../core/store/readers.ts';
import { countSignals } from '../../../core/store/signals.ts';
import { endSubscription, listConsents, mayReceive } from '../../../core/store/subscriptions.ts';
import { hourMs } from '../../../core/time.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { AskFirst } from '../issue/ask-first.ts';
import { editorOf, note, seesReaders, showDesk, showHistory } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';
import { saidAnyway } from '../issue/note-edit.ts';
import { askToConfirm } from './ask-to-confirm.ts';
import { nameOf } from './readers.ts';

const lettersShown = 30;
const saidWords = {
  pause: 'Paused. They get nothing until it goes on.',
  resume: 'It goes on. They get the next issue.',
  suppress: 'Stopped. No mail goes to this address from now on.',
  release: 'Mail may go to this address again.',
  leave: 'They left. The links in their mails end with it.',
  resend: 'Another mail asks them to confirm.',
  data: 'A mail takes them to all that is kept of them.',
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
    const time = (at: Date | null) => deskTime(at, config.TIMEZONE);
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
        consents: consents.map(({ event, wording, form: by = null, address, at }) => ({ event, wording, form: by, network: sees ? address : null, at: time(at) })), // prettier-ignore
        can: mayDo(reader, suppression?.reason),
        history: await showHistory(house, `reader ${reader.id}`),
      },
    );
  });
}

/** Registers the form. */
export function readerChangesRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;
  const changes = readerChanges(house);

  desk.post('/desk/readers/:id', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const { what } = readInput(form, request.body);
    const subject = `reader ${id}`;
    const hashOf = await departedHash(house);
    await db.transaction(async (tx) => {
      // What is done depends on how they stand, and two curators may look at them at once.
      await lockReader(tx, id);
      const reader = await readerOf(tx, request);
      if (what === 'delete') {
        askBeforeDeleting(request, reader);
        await deleteReader(tx, { readerId: id, hashOf, at: now() });
        return note(tx, curator, { action: 'delete a reader', subject, at: now() });
      }
      if (!(await changes[what](tx, reader, curator.name))) {
        throw new PageError(409, 'This is not how they stand any more.', { todo: 'Look at them again.', href: `/desk/readers/${id}`, words: 'To their page' }); // prettier-ignore
      }
      return note(tx, curator, { action: actionWords[what], subject, before: { status: reader.status }, at: now() });
    });
    if (what === 'resend' || what === 'data') await queue.enqueue('notices.send', {});
    return reply.redirect(what === 'delete' ? '/desk/readers?said=deleted' : `/desk/readers/${id}?said=${what}`, 303);
  });
}

/** What a curator does to a reader; each is true when it changed anything. */
function readerChanges({ now }: House): Record<What, (tx: Queryable, reader: Reader, by: string) => Promise<boolean>> {
  return {
    pause: async (tx, { id, status }) =>
      status === 'active' && (await setPaused(tx, id, { paused: true, at: now() })) > 0,
    resume: async (tx, { id }) => (await setPaused(tx, id, { paused: false, at: now() })) > 0,
    suppress: (tx, { id }) => suppressReader(tx, { readerId: id, at: now() }),
    release: (tx, { id }) => releaseReader(tx, id),
    leave: (tx, { id }, by) => endSubscription(tx, { readerId: id, wording: `At the desk, by ${by}`, at: now() }),
    resend: async (tx, reader, by) => {
      if (reader.status !== 'pending') return false;
      await askToConfirm(tx, { email: reader.email, interests: [], wording: `Asked again at the desk by ${by}`, at: now() }); // prettier-ignore
      return true;
    },
    data: async (tx, { email }) => {
      if (!(await mayReceive(tx, email))) return false;
      const since = new Date(now().getTime() - hourMs);
      if ((await noticesTo(tx, { kind: 'your-data', email, since })).length > 0)
        throw new PageError(409, 'This mail went out within the hour.', 'Wait until it had time to arrive.');
      await planNotice(tx, { kind: 'your-data', email, at: now() });
      return true;
    },
  };
}

const actionWords: Record<What, string> = {
  pause: 'pause a reader',
  resume: 'resume a reader',
  suppress: 'stop mail to a reader',
  release: 'allow mail to a reader',
  leave: 'unsubscribe a reader',
  resend: 'ask a reader to confirm again',
  data: 'mail a reader their data',
};

async function readerOf(db: Queryable, request: FastifyRequest): Promise<Reader> {
  const reader = await readerById(db, readParams(idParams, request).id);
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
    data: suppressed === undefined && status !== 'bounced' && status !== 'complained',
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
