// `/desk/readers` and `/desk/queues`: how many read it, and what is waiting to be done.
import type { FastifyInstance } from 'fastify';
import { queueNames, type QueueName } from '../../core/jobs.ts';
import { countReaders } from '../../core/store/readers.ts';
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

const statusWords = {
  active: 'get the issue',
  pending: 'have not confirmed yet',
  paused: 'paused it',
  unsubscribed: 'left',
  bounced: 'cannot be reached',
  complained: 'marked it as unwanted',
} as const;

/** Registers both pages. */
export function outlookRoom(desk: FastifyInstance, room: Room): void {
  const { db, queue } = room.house;

  desk.get('/desk/readers', async (request, reply) => {
    const counts = await countReaders(db);
    const statuses = Object.keys(statusWords) as (keyof typeof statusWords)[];
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-readers',
        title: 'Readers',
        here: 'readers',
        isWide: false,
        counts: statuses.map((status) => ({ status, words: statusWords[status], count: counts[status] })),
        total: statuses.reduce((sum, status) => sum + counts[status], 0),
      },
    );
  });

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
