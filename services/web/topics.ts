// `/topics`: what belongs together, with counts, and the stories of each.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { topicNow } from '../../core/store/addresses.ts';
import { topicWithStories } from '../../core/store/topic-lists.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { readableDate, weekOf } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import { gone, notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { moved } from '../moved.ts';
import { rowId } from '../row-id.ts';
import { showWeather } from '../topic-weather.ts';

const params = z.object({ id: rowId() });

/** Registers the list and a page for each topic. */
export function topicsRoom(app: FastifyInstance, { house, show }: Room): void {
  app.get('/topics', async (_request, reply) =>
    show(reply, 'topics', {
      title: 'Topics',
      here: 'topics',
      keepSeconds: 60,
      topics: showWeather(await topicWeather(house.db, weekOf(house.now(), house.config.TIMEZONE).monday)),
    }),
  );

  app.get('/topics/:id', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const id = parsed.success ? await topicNow(house.db, parsed.data.id) : undefined;
    if (id === 'gone') throw gone('This topic faded: no story is left of it.');
    if (id !== undefined && id !== parsed.data?.id) return moved(reply, `/topics/${id}`);
    const topic = id === undefined ? undefined : await topicWithStories(house.db, id);
    if (!topic) throw notFound('There is no such topic.');
    const stories = topic.stories.map((story) => ({
      ...story,
      title: mathHtml(story.title),
      date: readableDate(story.firstSeen, house.config.TIMEZONE),
    }));
    return show(reply, 'topic', {
      title: topic.name,
      here: 'topics',
      keepSeconds: 60,
      topic: { ...topic, id },
      stories,
    });
  });
}
