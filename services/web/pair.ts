// `/pair/:token/:slug/:storyId`: which of two stories a reader would rather read, as their letter asked.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  askedPair,
  listPairChoices,
  removePairChoice,
  savePairChoice,
  type AskedPair,
  type GivenChoice,
} from '../../core/store/pairs.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { gone, notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';
import { agoOf } from './show-profile.ts';

const slugField = z.string().regex(/^[\w-]{1,40}$/);
const params = z.object({ slug: slugField, storyId: rowId() });
const takeBackForm = z.object({ issue: slugField });
/** An undo on the reader's own page leads back there. */
const backForm = z.object({ back: z.literal('preferences').optional().catch(undefined) });
/** More than two years of weekly letters. */
const mostShown = 120;

/** Registers the page, its buttons and the way back; returns what a reader's own page shows of their answers. Opening it answers nothing. */
export function pairRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room) {
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
    const { back } = readInput(backForm, request.body ?? {});
    if (back) return backToPage(reply, { token, said: 'given' });
    return reply.redirect(`/pair/${token}/${slug}/${chosen.id}`, 303);
  });

  app.post('/preferences/:token/answers/take-back', async (request, reply) => {
    const { id: readerId, token } = await readerOf(db, request);
    const { issue } = readInput(takeBackForm, request.body);
    const given = (await listPairChoices(db, readerId, mostShown)).find(({ slug }) => slug === issue);
    if (!given) throw notFound({ key: 'pair.gone' });
    await removePairChoice(db, { readerId, issueId: given.issueId });
    const undo: [string, string][] = [['undo', 'pair'], ['slug', issue], ['story', String(given.chosenId)]]; // prettier-ignore
    return backToPage(reply, { token, said: 'taken', undo: given.isOpen ? undo : [] });
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

  return async function showAnswers(readerId: number, words: Words) {
    return (await listPairChoices(db, readerId, mostShown)).map((given) => showAnswer(given, { now: now(), words }));
  };
}

function showAnswer(
  { slug, number, at, chosenId, otherId, ...titles }: GivenChoice,
  { now, words }: { now: Date; words: Words },
) {
  // prettier-ignore
  const [chosen, other] = [texToText(titles.chosen), texToText(titles.other)];
  return { slug, chosenId, chosen, otherId, other, when: words.say('pair.when', { n: number, when: agoOf(now.getTime() - at.getTime(), words) }) }; // prettier-ignore
}

/** Which of the two it is, by the number it was mailed with or the one it has now; -1 where it is neither. */
function placeOf({ asked, stories }: AskedPair, storyId: number): number {
  const at = asked.indexOf(storyId);
  return at >= 0 ? at : stories.findIndex(({ id }) => id === storyId);
}
