// `/signal/:token/:storyId/:kind`: what a reader says about a story, from the mail, their archive or their private feed.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../core/db.ts';
import { signalButtons, signalKinds, signalNames } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import { storyNow } from '../../core/store/addresses.ts';
import { believeClicks } from '../../core/store/clicks.ts';
import { issueOfStory } from '../../core/store/published-issues.ts';
import { recordSignal, removeSignal, signalsOn } from '../../core/store/signals.ts';
import { storyTitle } from '../../core/store/story-detail.ts';
import { gone, notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import type { NewestIssue } from './newest-issue.ts';
import { signallerOf } from './reader-of.ts';
import { tellEffect } from './signal-effect.ts';
import { createStoriesLike } from './stories-like.ts';

const params = z.object({
  storyId: rowId(),
  kind: z.enum(signalNames),
});
/** What has no button is given by doing it; only an undo brings one back. */
const askable = params.extend({ kind: z.enum(signalButtons.map(({ kind }) => kind)) });
/** Where the button stood, so that the reader stays there; and for an undo, when the signal was given. */
const form = z.object({
  back: z
    .string()
    .regex(/^(preferences|story|issue [\w-]{1,40})$/)
    .optional()
    .catch(undefined),
  at: z.iso.datetime().optional().catch(undefined),
});

/** Registers the page, the button and the way back. */
export function signalRoom(
  app: FastifyInstance,
  { house, show, words: wordsOf }: Room,
  newestIssue: NewestIssue,
): void {
  const { db, now } = house;
  const storiesLike = createStoriesLike(house, newestIssue);

  app.get('/signal/:token/:storyId/:kind', async (request, reply) => {
    const { signal, title, who, askedId } = await signalOf(db, request, askable);
    const { kind, storyId } = signal;
    const words = wordsOf(request);
    const given = (await signalsOn(db, signal.readerId, [storyId])).get(storyId) ?? [];
    const isGiven = given.includes(kind);
    return show(reply, 'signal', {
      title: signalWord(kind, 'onPage', words),
      isPersonal: true,
      who,
      storyId: askedId,
      storyTitle: title,
      kind,
      onPage: signalWord(kind, 'onPage', words),
      done: signalWord(kind, 'done', words),
      isGiven,
      effect: tellEffect({ kind, given, isGiven, like: await storiesLike(storyId) }, words),
      issue: (await issueOfStory(db, storyId)) ?? null,
    });
  });

  app.post('/signal/:token/:storyId/:kind', async (request, reply) => {
    const { signal, who, askedId } = await signalOf(db, request, params);
    const { back, at } = readInput(form, request.body);
    if (!signalKinds[signal.kind].button && !at) throw notFound({ key: 'effect.byOpening' });
    const earlier = at ? new Date(at) : now();
    await db.transaction(async (tx) => {
      await recordSignal(tx, { ...signal, at: earlier < now() ? earlier : now() });
      await believeClicks(tx, signal);
    });
    return backTo(reply, { ...signal, storyId: askedId, token: who.token, back, said: 'given' });
  });

  app.post('/signal/:token/:storyId/:kind/undo', async (request, reply) => {
    const { signal, who, askedId } = await signalOf(db, request, params);
    const { back } = readInput(form, request.body);
    const at = await removeSignal(db, signal);
    const undo = at ? `taken&undo=signal&story=${signal.storyId}&kind=${signal.kind}&at=${at.toISOString()}` : 'taken';
    return backTo(reply, { ...signal, storyId: askedId, token: who.token, back, said: undo });
  });
}

interface ShownIn {
  token: string;
  storyId: number;
  kind: string;
  back: string | undefined;
  said: string;
}

function backTo(reply: FastifyReply, { token, storyId, kind, back, said }: ShownIn): FastifyReply {
  if (back === 'preferences') return reply.redirect(`/preferences/${token}?said=${said}`, 303);
  if (back === 'story') return reply.redirect(`/read/${token}/stories/${storyId}`, 303);
  const slug = back?.split(' ')[1];
  if (slug) return reply.redirect(`/read/${token}/${slug}#story-${storyId}`, 303);
  return reply.redirect(`/signal/${token}/${storyId}/${kind}`, 303);
}

async function signalOf<Kind extends string>(
  db: Database,
  request: FastifyRequest,
  schema: z.ZodType<{ storyId: number; kind: Kind }>,
) {
  const who = await signallerOf(db, request);
  const parsed = schema.safeParse(request.params);
  const storyId = parsed.success ? await storyNow(db, parsed.data.storyId) : undefined;
  if (storyId === 'gone') throw gone({ key: 'story.gone' });
  const title = storyId === undefined ? undefined : await storyTitle(db, storyId);
  if (!parsed.success || storyId === undefined || title === undefined) throw notFound({ key: 'story.missing' });
  // What is said about a story that was joined to another is said about that one; pages keep the number they were sent with.
  return {
    who,
    title,
    askedId: parsed.data.storyId,
    signal: { readerId: who.readerId, storyId, kind: parsed.data.kind },
  };
}
