// `/topics`: what belongs together, with counts, and the stories of each.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { topicsAfter, topicsNear } from '../../core/store/topic-lists.ts';
import { topicWeather, weeksOfTopic } from '../../core/store/topic-weeks.ts';
import type { Words } from '../../core/words.ts';
import { weekOf } from '../../core/week.ts';
import { pageNumber } from '../on-page.ts';
import { gone } from '../page-error.ts';
import type { Room } from '../room.ts';
import { moved } from '../moved.ts';
import { showWeather } from '../topic-weather.ts';
import { serveFeed } from './feed-forms.ts';
import { listStories, storyFeed } from './listed-stories.ts';
import { topicOf, topicsShown } from './topic-at.ts';

const listQuery = z.object({ page: pageNumber() });
const { stories: storiesShown, near: nearShown, weeks: weeksShown } = topicsShown;

/** Registers the list, and for each topic a page and feeds. */
export function topicsRoom(app: FastifyInstance, room: Room): void {
  const { house, show, words: wordsOf } = room;
  app.get('/topics', async (request, reply) => {
    const { page } = listQuery.parse(request.query);
    const words = wordsOf(request);
    const topics = await topicWeather(house.db, weekOf(house.now(), house.config.TIMEZONE).monday);
    const weather = showWeather(topics, page, words);
    return show(reply, 'topics', { title: words.say('topics.title'), here: 'topics', keepSeconds: 60, ...weather });
  });

  app.get('/topics/:id', async (request, reply) => {
    const { id, asked, topic, isOver } = await topicOf(house.db, request.params);
    if (id !== asked) return moved(reply, `/topics/${id}`);
    const words = wordsOf(request);
    const weeks = await weeksOfTopic(house.db, id, weeksShown);
    const own = await listStories(room, { list: { topicId: id }, limit: storiesShown, page: `topics/${id}`, words });
    const isEmpty = own.stories.length === 0;
    const after = isEmpty ? await topicsAfter(house.db, id, nearShown) : [];
    const listed = isEmpty
      ? await listStories(room, { list: { onceIn: id }, limit: storiesShown, page: `topics/${id}`, words })
      : own;
    if (isOver && after.length === 0 && listed.stories.length === 0) throw gone({ key: 'topics.gone' });
    return show(reply, 'topic', {
      title: topic.name,
      here: 'topics',
      keepSeconds: 60,
      topic: { ...topic, id },
      weeks: showWeeks(weeks, words),
      after,
      noStories: isEmpty ? words.say(emptyKey({ id, weeks, hasAfter: after.length > 0 })) : null,
      had: isEmpty && listed.stories.length > 0,
      near: await topicsNear(house.db, id, nearShown),
      ...listed,
      feed: `/topics/${id}/feed`,
    });
  });

  serveFeed(app, room, {
    path: '/topics/:id/feed',
    make: async (request, words) => {
      const { id, topic, isOver } = await topicOf(house.db, request.params);
      // Nothing will ever be new in it, which feed readers know by this.
      if (isOver) throw gone({ key: 'topics.gone' });
      return storyFeed(room, { title: topic.name, page: `topics/${id}`, list: { topicId: id }, words });
    },
  });
}

interface EmptyTopic {
  id: number;
  weeks: Awaited<ReturnType<typeof weeksOfTopic>>;
  hasAfter: boolean;
}

/** What a topic without stories of its own says: where they are today, else what its weeks tell of it, and nothing of what is not there. */
function emptyKey({ id, weeks, hasAfter }: EmptyTopic) {
  if (hasAfter) return 'topics.emptyAfter';
  const isOver = weeks.some(({ events }) => events.some((event) => event.id === id && (event.kind === 'merged' || event.kind === 'faded'))); // prettier-ignore
  if (isOver) return 'topics.empty';
  return weeks.length > 0 ? 'topics.emptyWeeks' : 'topics.emptyAll';
}

/** A line a week: how many stories, as a part of the most, and what split off or became part of what. */
function showWeeks(weeks: Awaited<ReturnType<typeof weeksOfTopic>>, words: Words) {
  const most = Math.max(1, ...weeks.map(({ stories }) => stories));
  return weeks.map(({ week, stories, events }) => ({
    week,
    // A week is a day of the calendar, the same in every zone.
    date: words.date(new Date(`${week}T12:00:00Z`), 'UTC'),
    stories: words.say('topics.stories', { n: stories }),
    percent: Math.round((100 * stories) / most),
    events: events.map((event) => ({ ...event, word: words.say(`topics.${event.kind}`, { when: 'now' }) })),
  }));
}
