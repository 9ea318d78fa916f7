// `/signal/:token/:storyId/:kind`: what a reader says about a story, from a link in the mail and a button on the page.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../core/db.ts';
import type { Reader } from '../../core/store/readers.ts';
import { hasSignal, recordSignal, removeSignal } from '../../core/store/signals.ts';
import { storyTitle } from '../../core/store/story-detail.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { readerOf } from './reader-of.ts';

const params = z.object({
  storyId: z.coerce.number().int().positive().max(2_147_483_647),
  kind: z.enum(['like', 'dislike', 'save']),
});

const words = {
  like: {
    button: 'More like this',
    done: 'Noted: more like this.',
    effect: 'Your next issues favour stories like it.',
  },
  dislike: {
    button: 'Less like this',
    done: 'Noted: less like this.',
    effect: 'Your next issues have fewer stories like it.',
  },
  save: { button: 'Save this story', done: 'Saved.', effect: 'It counts as a strong sign of what you like.' },
} as const;

/** Registers the page, the button and the way back. */
export function signalRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, now } = house;

  app.get('/signal/:token/:storyId/:kind', async (request, reply) => {
    const { reader, title, ...signal } = await signalOf(db, request);
    return show(reply, 'signal', {
      title: words[signal.kind].button,
      isPersonal: true,
      reader,
      storyId: signal.storyId,
      storyTitle: title,
      kind: signal.kind,
      words: words[signal.kind],
      isGiven: await hasSignal(db, signal),
    });
  });

  app.post('/signal/:token/:storyId/:kind', async (request, reply) => {
    const { reader, readerId, storyId, kind } = await signalOf(db, request);
    await recordSignal(db, { readerId, storyId, kind, at: now() });
    return reply.redirect(`/signal/${reader.token}/${storyId}/${kind}`, 303);
  });

  app.post('/signal/:token/:storyId/:kind/undo', async (request, reply) => {
    const { reader, readerId, storyId, kind } = await signalOf(db, request);
    await removeSignal(db, { readerId, storyId, kind });
    return reply.redirect(`/signal/${reader.token}/${storyId}/${kind}`, 303);
  });
}

async function signalOf(db: Database, request: FastifyRequest) {
  const reader: Reader = await readerOf(db, request);
  const parsed = params.safeParse(request.params);
  const title = parsed.success ? await storyTitle(db, parsed.data.storyId) : undefined;
  if (!parsed.success || title === undefined) throw notFound('This story is not here any more.');
  return { reader, readerId: reader.id, title, ...parsed.data };
}
