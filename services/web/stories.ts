// `/stories/:id`: one story with everything it was made of, across sources.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { safeHref } from '../../core/letter.ts';
import { atSecond, clock } from '../../core/talk-time.ts';
import { storyDetail, type StoryItem } from '../../core/store/story-detail.ts';
import { readableDate } from '../../core/week.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';

const params = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const announcedWords = { new: 'new on arXiv', cross: 'cross-listed', replace: 'replaced on arXiv' } as const;
const kindNames = { paper: 'Paper', video: 'Talk', post: 'Post' } as const;

/** Registers the story's page. */
export function storyRoom(app: FastifyInstance, { house, show }: Room): void {
  app.get('/stories/:id', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const story = parsed.success ? await storyDetail(house.db, parsed.data.id) : undefined;
    if (!story) throw notFound('This story is not here any more.');
    const sources = new Set(story.items.map((item) => item.source)).size;
    return show(reply, 'story', {
      title: story.title,
      keepSeconds: 60,
      story,
      firstSeen: readableDate(story.firstSeen, house.config.TIMEZONE),
      sources: sources === 1 ? '1 source' : `${sources} sources`,
      items: story.items.map((item) => showItem(item, house.config.TIMEZONE)),
    });
  });
}

function showItem(item: StoryItem, timezone: string) {
  const url = safeHref(item.url);
  return {
    kind: kindNames[item.kind],
    title: item.title,
    url,
    source: item.source,
    authors: item.authors.slice(0, 8).join(', ') + (item.authors.length > 8 ? ' and others' : ''),
    lang: item.lang,
    text: item.text.length >= 1200 ? `${item.text.slice(0, item.text.lastIndexOf(' '))} …` : item.text,
    date: readableDate(item.publishedAt, timezone),
    categories: item.categories.join(', '),
    announced: item.announced ? announcedWords[item.announced] : null,
    updated: item.changedAt ? readableDate(item.changedAt, timezone) : null,
    version: item.version,
    earlierTitle: item.earlierTitle,
    segments: item.segments.map(({ startS, text }) => ({ at: clock(startS), url: url && atSecond(url, startS), text })),
  };
}
