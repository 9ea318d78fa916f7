// `/desk/queues`: what is waiting to be done.
import type { FastifyInstance } from 'fastify';
import { queueNames, type QueueName } from '../../core/jobs.ts';
import { vectorProgress } from '../../core/store/vector-sets.ts';
import type { Room } from '../room.ts';
import { showDesk } from './desk.ts';

/** What each queue does, in the words of the desk. */
const queueWords: Record<QueueName, string> = {
  ingest: 'reads sources',
  understand: 'turns items into vectors, finds stories and topics',
  compose: 'drafts and sorts issues, compiles the letter',
  rank: 'chooses for each reader',
  train: 'learns from readers and curators',
  summarise: 'asks the model for summaries',
  letters: 'sends the issue',
  notices: 'sends confirmations and sign-in links',
  upkeep: 'keeps the tables quick',
};

/** Registers the page. */
export function queuesRoom(desk: FastifyInstance, room: Room): void {
  const { db, queue } = room.house;

  desk.get('/desk/queues', async (request, reply) => {
    const counts = await queue.counts();
    const { filling } = await vectorProgress(db);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-queues',
        title: 'Queues',
        here: 'queues',
        isWide: false,
        lanes: queueNames.map((lane) => ({ lane, words: queueWords[lane], ...counts[lane] })),
        filling: filling
          ? { ...filling, percent: Math.floor((100 * filling.done) / Math.max(1, filling.texts)) }
          : null,
      },
    );
  });
}
