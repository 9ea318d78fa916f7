// `/stories/:id`: one story with everything it was made of, across sources.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { safeHref } from '../../core/letter.ts';
import { atSecond, clock } from '../../core/talk-time.ts';
import { storyNow } from '../../core/store/addresses.ts';
import { shownLetters, storyDetail, type StoryItem } from '../../core/store/story-detail.ts';
import { texToText } from '../../core/tex-to-text.ts';
import { readableDate } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import { moved } from '../moved.ts';
import { gone, notFound } from '../page-error.ts';
import type { Room } from '../room.ts';

const params = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const announcedWords = { new: 'new on arXiv', cross: 'cross-listed', replace: 'replaced on arXiv' } as const;
const kindNames = { paper: 'Paper', video: 'Talk', post: 'Post' } as const;

/** "34.120.245": the item and where in its text a quoted sentence begins and ends, as the desk links to it. */
const query = z.object({
  quote: z
    .string()
    .regex(/^\d{1,9}\.\d{1,6}\.\d{1,6}$/)
    .transform((place) => {
      const [itemId, start, end] = place.split('.').map(Number) as [number, number, number];
      return { itemId, start, end };
    })
    .optional()
    .catch(undefined),
});
type Quote = NonNullable<z.infer<typeof query>['quote']>;
const roomAfterQuote = 200;

/** Registers the story's page. */
export function storyRoom(app: FastifyInstance, { house, show }: Room): void {
  app.get('/stories/:id', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const quote = query.parse(request.query).quote;
    const letters = Math.max(shownLetters, (quote?.end ?? 0) + roomAfterQuote);
    const id = parsed.success ? await storyNow(house.db, parsed.data.id) : undefined;
    if (id === 'gone') throw gone('This story is not here any more: what it was made of was deleted.');
    if (id !== undefined && id !== parsed.data?.id) return moved(reply, `/stories/${id}`);
    const story = id === undefined ? undefined : await storyDetail(house.db, id, letters);
    if (!story) throw notFound('There is no such story.');
    const sources = new Set(story.items.map((item) => item.source)).size;
    return show(reply, 'story', {
      title: texToText(story.title),
      keepSeconds: 60,
      story,
      firstSeen: readableDate(story.firstSeen, house.config.TIMEZONE),
      sources: sources === 1 ? '1 source' : `${sources} sources`,
      items: story.items.map((item) => showItem(item, { timezone: house.config.TIMEZONE, quote, letters })),
    });
  });
}

function showItem(
  item: StoryItem,
  { timezone, quote, letters }: { timezone: string; quote: Quote | undefined; letters: number },
) {
  const url = safeHref(item.url);
  return {
    kind: kindNames[item.kind],
    title: mathHtml(item.title),
    url,
    source: item.source,
    authors: item.authors.slice(0, 8).join(', ') + (item.authors.length > 8 ? ' and others' : ''),
    lang: item.lang,
    text: showText(item, { quote, letters }),
    date: readableDate(item.publishedAt, timezone),
    categories: item.categories.join(', '),
    announced: item.announced ? announcedWords[item.announced] : null,
    updated: item.changedAt ? readableDate(item.changedAt, timezone) : null,
    version: item.version,
    withdrawn: item.withdrawn,
    earlierTitle: item.earlierTitle,
    segments: item.segments.map(({ startS, text }) => ({ at: clock(startS), url: url && atSecond(url, startS), text })),
  };
}

/** The beginning of a text as HTML, a quoted sentence marked; null for an item without one. */
function showText({ id, text }: StoryItem, { quote, letters }: { quote: Quote | undefined; letters: number }) {
  if (text === '') return null;
  const isCut = text.length >= letters;
  const shown = isCut ? text.slice(0, text.lastIndexOf(' ')) : text;
  if (quote?.itemId !== id || quote.end <= quote.start || quote.end > shown.length) {
    return { before: mathHtml(shown), quote: null, after: isCut ? ' …' : '' };
  }
  return {
    before: mathHtml(shown.slice(0, quote.start)),
    quote: mathHtml(shown.slice(quote.start, quote.end)),
    after: mathHtml(shown.slice(quote.end)) + (isCut ? ' …' : ''),
  };
}
