// `/authors/:name`: what somebody wrote or gave, as the name is published.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newestStories } from '../../core/store/story-lists.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { serveFeed } from './feed-forms.ts';
import { showListed, storyFeed } from './listed-stories.ts';

const byName = z.object({ name: z.string().trim().min(1).max(200) });
const storiesShown = 100;

/** Registers the page and feeds. */
export function authorsRoom(app: FastifyInstance, room: Room): void {
  const { house, show, words: wordsOf } = room;
  const { db, config } = house;

  app.get('/authors/:name', async (request, reply) => {
    const { name } = readInput(byName, request.params);
    const stories = await newestStories(db, { author: name }, storiesShown);
    if (stories.length === 0) throw notFound({ key: 'sources.noName' });
    const words = wordsOf(request);
    return show(reply, 'listed', {
      title: name,
      here: '',
      keepSeconds: 60,
      above: { href: `/search?q=${encodeURIComponent(name)}`, words: words.say('sources.byName') },
      home: null,
      meta: words.say('issue.stories', { n: stories.length }),
      stories: showListed(stories, config.TIMEZONE, words),
      feed: `/authors/${encodeURIComponent(name)}/feed`,
    });
  });

  serveFeed(app, room, {
    path: '/authors/:name/feed',
    make: async (request) => {
      const { name } = readInput(byName, request.params);
      return storyFeed(room, { title: name, page: `authors/${encodeURIComponent(name)}`, list: { author: name } });
    },
  });
}
