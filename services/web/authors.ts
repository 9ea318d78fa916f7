// `/authors/:name`: what somebody wrote or gave, as the name is published.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../page-error.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { serveFeed } from './feed-forms.ts';
import { listStories, storyFeed } from './listed-stories.ts';

const byName = z.object({ name: z.string().trim().min(1).max(200) });
const storiesShown = 100;

/** Registers the page and feeds. */
export function authorsRoom(app: FastifyInstance, room: Room): void {
  const { show, words: wordsOf } = room;

  app.get('/authors/:name', async (request, reply) => {
    const { name } = readParams(byName, request);
    const words = wordsOf(request);
    const listed = await listStories(room, { list: { author: name }, limit: storiesShown, page: `authors/${encodeURIComponent(name)}`, words }); // prettier-ignore
    const { stories } = listed;
    if (stories.length === 0) throw notFound({ key: 'sources.noName' });
    return show(reply, 'listed', {
      title: name,
      here: '',
      keepSeconds: 60,
      above: { href: `/search?q=${encodeURIComponent(name)}`, words: words.say('sources.byName') },
      home: null,
      meta: words.say('issue.stories', { n: stories.length }),
      ...listed,
      feed: `/authors/${encodeURIComponent(name)}/feed`,
    });
  });

  serveFeed(app, room, {
    path: '/authors/:name/feed',
    make: async (request, words) => {
      const { name } = readParams(byName, request);
      return storyFeed(room, {
        title: name,
        page: `authors/${encodeURIComponent(name)}`,
        list: { author: name },
        words,
      });
    },
  });
}
