// `/sources` and `/sources/:id`: what is read, and what came from each.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { safeHref } from '../../core/letter/safe-href.ts';
import { sourceKinds } from '../../core/source-kinds.ts';
import { publicSource, publicSources, type PublicSource } from '../../core/store/story-lists.ts';
import type { Words } from '../../core/words.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { serveFeed } from './feed-forms.ts';
import { listStories, storyFeed } from './listed-stories.ts';

const byId = z.object({ id: rowId() });
const storiesShown = 100;

/** Registers pages and feeds. */
export function sourcesRoom(app: FastifyInstance, room: Room): void {
  const { house, show, words: wordsOf } = room;
  const { db, config } = house;

  app.get('/sources', async (request, reply) => {
    const words = wordsOf(request);
    return show(reply, 'sources', {
      title: words.say('sources.title'),
      here: 'sources',
      keepSeconds: 60,
      sources: (await publicSources(db)).map((source) => showSource(source, config.TIMEZONE, words)),
    });
  });

  async function sourceOf(given: unknown): Promise<PublicSource> {
    const parsed = byId.safeParse(given);
    const source = parsed.success ? await publicSource(db, parsed.data.id) : undefined;
    if (!source) throw notFound({ key: 'sources.missing' });
    return source;
  }

  app.get('/sources/:id', async (request, reply) => {
    const source = await sourceOf(request.params);
    const words = wordsOf(request);
    return show(reply, 'listed', {
      here: 'sources',
      keepSeconds: 60,
      above: { href: '/sources', words: words.say('sources.all') },
      ...showSource(source, config.TIMEZONE, words),
      ...(await listStories(room, { list: { sourceId: source.id }, limit: storiesShown, page: `sources/${source.id}`, words })), // prettier-ignore
      feed: `/sources/${source.id}/feed`,
    });
  });

  serveFeed(app, room, {
    path: '/sources/:id/feed',
    make: async (request, words) => {
      const { id, title } = await sourceOf(request.params);
      return storyFeed(room, { title, page: `sources/${id}`, list: { sourceId: id }, words });
    },
  });
}

function showSource({ id, kind, title, homeUrl, items, newestAt }: PublicSource, timezone: string, words: Words) {
  const what = words.sayOr(`sources.${kind}`, sourceKinds[kind as keyof typeof sourceKinds]?.words ?? kind);
  const count = words.say('sources.items', { n: items });
  return {
    id,
    title,
    home: (homeUrl !== null && safeHref(homeUrl)) || null,
    meta: [
      what,
      count,
      ...(newestAt ? [words.say('sources.newest', { date: words.date(newestAt, timezone) })] : []),
    ].join(' · '),
  };
}
