// `/preferences/:token`: what a reader wants, how much of it, and whether at all for now.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { addInterests, listInterests, maxInterests, removeInterest } from '../../core/store/interests.ts';
import { pickLine } from '../../core/pick-words.ts';
import { lastPicksOf } from '../../core/store/last-picks.ts';
import { feedTokenOf, setFeedToken } from '../../core/store/reader-feeds.ts';
import { endOldLinks } from '../../core/store/reader-tokens.ts';
import { setLength, setPaused, type Reader } from '../../core/store/readers.ts';
import { signalButtons } from '../../core/signal-kinds.ts';
import { countSignals, listSignals } from '../../core/store/signals.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { interestWords } from './interest-words.ts';
import { readerOf } from './reader-of.ts';
import { rulesRoom } from './rules.ts';
import { showSignals } from './show-profile.ts';
import { undoForm } from './undo-form.ts';

/** What the page says after a change, by the word in its address. */
const saidWords = {
  confirmed: 'Welcome. The next issue comes to you.',
  added: 'Added. The next issue takes it into account.',
  removed: 'Removed.',
  given: 'Noted. The next issue takes it into account.',
  taken: 'Taken back.',
  ruled: 'Added. The rule holds from the next issue on.',
  feed: 'Your private feed has a new address. Give it to your feed reader.',
  unfed: 'The private feed is gone; its address leads nowhere.',
  length: 'Saved.',
  paused: 'Paused. No mail comes until you resume.',
  renewed: 'The links in every mail so far have ended. This page has a new address; keep it.',
  resumed: 'Welcome back. The next issue comes to you.',
} as const;

const query = z.object({
  said: z
    .enum(Object.keys(saidWords) as (keyof typeof saidWords)[])
    .optional()
    .catch(undefined),
});
const addForm = z.object({ words: interestWords.refine((list) => list.length > 0, 'Type what interests you.') });
const removeForm = z.object({ words: z.string({ error: 'Say which interest to remove.' }).max(400) });
const lengthForm = z.object({
  length: z.coerce
    .number({ error: 'The length is a number from 3 to 40.' })
    .int('The length is a whole number from 3 to 40.')
    .min(3, 'The shortest mail has 3 stories.')
    .max(40, 'The longest mail has 40 stories.'),
});

/** The newest are those that count most. */
const shownSignals = 40;

/** Registers the page and its forms; each form shows the page again with what changed. */
export function preferencesRoom(app: FastifyInstance, room: Room): void {
  const { house, links, show } = room;
  const { db, now } = house;
  const showRules = rulesRoom(app, room);
  app.get('/preferences/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const { said } = readInput(query, request.query);
    const feedToken = await feedTokenOf(db, reader.id);
    return show(reply, 'preferences', {
      title: 'Your preferences',
      isPersonal: true,
      reader,
      said: said ? saidWords[said] : null,
      undo: undoForm(request.query, reader.token),
      interests: await listInterests(db, reader.id),
      maxInterests,
      ...(await showRules(reader.id, request.query)),
      signals: showSignals(await listSignals(db, reader.id, shownSignals), now()),
      buttons: signalButtons.map(({ words }) => words),
      signalCount: await countSignals(db, reader.id),
      feed: feedToken ? links.privateFeed(feedToken) : null,
      picks: (await lastPicksOf(db, reader.id)).map((pick) => ({ ...pick, reason: pickLine(pick) })),
    });
  });
  takeInterests(app, house);
  takeAmount(app, house);
  takeFeed(app, house);
  takeRenewal(app, house);
}

function takeInterests(app: FastifyInstance, { db }: House): void {
  app.post('/preferences/:token/interests', async (request, reply) => {
    const reader = await readerOf(db, request);
    const { words } = readInput(addForm, request.body);
    const present = await listInterests(db, reader.id);
    if (present.length >= maxInterests) {
      const what = `You have ${maxInterests} interests, which is all that fit.`;
      throw new PageError(400, what, 'Remove one, then add another.');
    }
    await addInterests(db, reader.id, words);
    return backTo(reply, reader, 'added');
  });

  app.post('/preferences/:token/interests/remove', async (request, reply) => {
    const reader = await readerOf(db, request);
    const { words } = readInput(removeForm, request.body);
    await removeInterest(db, reader.id, words);
    return backTo(reply, reader, 'removed', { undo: 'interest', words });
  });
}

function takeAmount(app: FastifyInstance, { db, now }: House): void {
  app.post('/preferences/:token/length', async (request, reply) => {
    const reader = await readerOf(db, request);
    await setLength(db, reader.id, { ...readInput(lengthForm, request.body), at: now() });
    return backTo(reply, reader, 'length');
  });

  for (const [path, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    app.post(`/preferences/:token/${path}`, async (request, reply) => {
      const reader = await readerOf(db, request);
      await setPaused(db, reader.id, { paused, at: now() });
      return backTo(reply, reader, paused ? 'paused' : 'resumed');
    });
  }
}

function takeRenewal(app: FastifyInstance, { db, now }: House): void {
  app.post('/preferences/:token/renew', async (request, reply) => {
    const reader = await readerOf(db, request);
    const token = await endOldLinks(db, { readerId: reader.id, at: now() });
    return backTo(reply, { ...reader, token }, 'renewed');
  });
}

function takeFeed(app: FastifyInstance, { db }: House): void {
  for (const wanted of [true, false]) {
    app.post(`/preferences/:token/feed${wanted ? '' : '/remove'}`, async (request, reply) => {
      const reader = await readerOf(db, request);
      await setFeedToken(db, reader.id, wanted);
      return reply.redirect(`/preferences/${reader.token}?said=${wanted ? 'feed' : 'unfed'}#feed`, 303);
    });
  }
}

function backTo(
  reply: FastifyReply,
  { token }: Reader,
  ...[said, undo = {}]: [keyof typeof saidWords, Record<string, string>?]
): FastifyReply {
  return reply.redirect(`/preferences/${token}?${new URLSearchParams({ said, ...undo }).toString()}`, 303);
}
