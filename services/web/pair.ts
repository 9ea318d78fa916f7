// `/pair/:token/:slug/:storyId`: which of two stories a reader would rather read, as their letter asked.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { savePairChoice, askedPair, removePairChoice, type AskedPair } from '../../core/store/pairs.ts';
import { gone } from '../page-error.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { readerOf } from './reader-of.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/), storyId: rowId() });

/** Registers the page, its buttons and the way back. Opening it answers nothing. */
export function pairRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now } = house;

  app.get('/pair/:token/:slug/:storyId', async (request, reply) => {
    const { token, slug, pair, chosen, other } = await choiceOf(request);
    const words = wordsOf(request);
    return show(reply, 'pair', {
      title: words.say('pair.title'),
      isPersonal: true,
      token,
      slug,
      number: pair.number,
      chosen,
      other,
      isGiven: pair.chosenId === chosen.id,
    });
  });

  app.post('/pair/:token/:slug/:storyId', async (request, reply) => {
    const { token, slug, readerId, pair, chosen, other } = await choiceOf(request);
    await savePairChoice(db, { readerId, issueId: pair.issueId, chosenId: chosen.id, otherId: other.id, at: now() });
    return reply.redirect(`/pair/${token}/${slug}/${chosen.id}`, 303);
  });

  app.post('/pair/:token/:slug/:storyId/undo', async (request, reply) => {
    const { token, slug, readerId, pair, chosen } = await choiceOf(request);
    await removePairChoice(db, { readerId, issueId: pair.issueId });
    return reply.redirect(`/pair/${token}/${slug}/${chosen.id}`, 303);
  });

  async function choiceOf(request: FastifyRequest) {
    const { id: readerId, token } = await readerOf(db, request);
    const parsed = params.safeParse(request.params);
    const pair = parsed.success ? await askedPair(db, { readerId, slug: parsed.data.slug }) : undefined;
    const at = pair && parsed.success ? placeOf(pair, parsed.data.storyId) : -1;
    if (!pair || !parsed.success || at < 0) throw gone({ key: 'pair.gone' }, { key: 'pair.goneTodo' });
    const [chosen, other] = [pair.stories[at]!, pair.stories[1 - at]!];
    return { readerId, token, slug: parsed.data.slug, pair, chosen, other };
  }
}

/** Which of the two it is, by the number it was mailed with or the one it has now; -1 where it is neither. */
function placeOf({ asked, stories }: AskedPair, storyId: number): number {
  const at = asked.indexOf(storyId);
  return at >= 0 ? at : stories.findIndex(({ id }) => id === storyId);
}
