// `/desk/topics`: the topic weather, and the names that curators give.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { topicsById, renameTopic } from '../../core/store/topics.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { weekOf } from '../../core/week.ts';
import { pageNumber } from '../on-page.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { showWeather } from '../topic-weather.ts';
import { editorOf, note, showDesk } from './desk.ts';

const params = z.object({ id: rowId('There is no such topic.') });
const form = z.object({
  name: z.string({ error: 'Type a name.' }).overwrite(oneLine).max(80, 'Make the name shorter.'),
  page: pageNumber(),
});
const query = z.object({
  page: pageNumber(),
  said: z.enum(['named', 'unnamed']).optional().catch(undefined),
});
const sentences = {
  named: 'The name is kept from week to week.',
  unnamed: 'The topic is named by its words again, when stories are found next.',
};

/** Registers the page and the form behind each topic. */
export function topicsDeskRoom(desk: FastifyInstance, room: Room): void {
  const { db, config, now, queue } = room.house;
  desk.get('/desk/topics', async (request, reply) => {
    const { said, page: number } = readInput(query, request.query);
    const topics = await topicWeather(db, weekOf(now(), config.TIMEZONE).monday);
    const shown = showWeather(topics, number);
    const page = {
      name: 'desk-topics',
      isKeepable: true,
      title: 'Topics',
      here: 'topics',
      said: said ? sentences[said] : null,
      ...shown,
    };
    return showDesk(room, { request, reply }, page);
  });

  desk.post('/desk/topics/:id', async (request, reply) => {
    const curator = editorOf(request);
    const topicId = readParams(params, request).id;
    const { name, page } = readInput(form, request.body);
    const [topic] = await topicsById(db, [topicId]);
    if (!topic) throw notFound('This topic is not here any more.');
    await db.transaction(async (tx) => {
      await renameTopic(tx, { topicId, name, by: curator.name });
      const action = name === '' ? 'give the name back' : `name it ${name}`;
      await note(tx, curator, {
        action,
        subject: `topic ${topicId}`,
        before: { name: topic.name },
        after: { name },
        at: now(),
      });
    });
    await queue.enqueue('stories.find', {});
    const said = name === '' ? 'unnamed' : 'named';
    return reply.redirect(`/desk/topics?page=${page}&said=${said}#topic-${topicId}`, 303);
  });
}
