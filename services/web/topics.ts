// `/topics`: what belongs together, with counts, and the stories of each.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { topicWithStories } from '../../core/store/topic-lists.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { readableDate, weekOf } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showWeather } from '../topic-weather.ts';

const params = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

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
    const topic = parsed.success ? await topicWithStories(house.db, parsed.data.id) : undefined;
    if (!topic) throw notFound('This topic is not here any more.');
    const stories = topic.stories.map((story) => ({
      ...story,
      title: mathHtml(story.title),
      date: readableDate(story.firstSeen, house.config.TIMEZONE),
    }));
    return show(reply, 'topic', {
      title: topic.name,
      here: 'topics',
      keepSeconds: 60,
      topic: { ...topic, id: parsed.data!.id },
      stories,
    });
  });
}
