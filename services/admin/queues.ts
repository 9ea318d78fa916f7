// `/desk/queues`: whether all is well, what waits to be done, and what failed and why.
import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import type { House } from '../../core/house.ts';
import { queueNames, type QueueName } from '../../core/jobs.ts';
import { slowServer } from '../../core/store/mail-pace.ts';
import { countDueNotices } from '../../core/store/notices.ts';
import { pausedIssues } from '../../core/store/sending.ts';
import { troubledSources } from '../../core/store/troubled-sources.ts';
import { vectorProgress } from '../../core/store/vector-sets.ts';
import type { Room } from '../room.ts';
import { showDesk } from './desk.ts';
import { deskTime } from './desk-time.ts';

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

const failuresShown = 20;

/** Registers the page. */
export function queuesRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, queue, config } = house;

  desk.get('/desk/queues', async (request, reply) => {
    const [counts, failures, { filling }, health] = await Promise.all([
      queue.counts(),
      queue.failures(failuresShown),
      vectorProgress(db),
      lookAfter(house),
    ]);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-queues',
        // On Redis a job changes no row: what is shown is ten seconds old at most, as every page that is kept.
        isKeepable: true,
        at: DateTime.fromJSDate(house.now(), { zone: config.TIMEZONE }).toFormat('HH:mm:ss'),
        title: 'Queues and health',
        here: 'queues',
        health,
        lanes: queueNames.map((lane) => ({ lane, words: queueWords[lane], ...counts[lane] })),
        failures: failures.map(({ at, payload, ...failure }) => ({ ...failure, at: deskTime(at, config.TIMEZONE), payload: JSON.stringify(payload) })), // prettier-ignore
        filling: filling
          ? { ...filling, percent: Math.floor((100 * filling.done) / Math.max(1, filling.texts)) }
          : null,
      },
    );
  });
}

interface HealthLine {
  what: string;
  level: 'good' | 'warn' | 'bad';
  says: string;
  href: string | null;
}

/** What somebody who looks after it wants to know first. */
async function lookAfter({ db, config, now }: House): Promise<HealthLine[]> {
  const started = performance.now();
  const [troubled, slow, notices, paused] = await Promise.all([
    troubledSources(db),
    slowServer(db, config.SMTP_URL ? new URL(config.SMTP_URL).host : 'outbox'),
    countDueNotices(db, now()),
    pausedIssues(db),
  ]);
  const askedMs = Math.round(performance.now() - started);
  const broken = troubled.filter(({ health }) => health === 'broken').length;
  const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
  return [
    { what: 'Database', level: askedMs < 500 ? 'good' : 'warn', says: `${config.DATABASE_URL ? 'PostgreSQL' : 'embedded'}, four questions in ${askedMs} ms`, href: null },
    { what: 'Sources', level: troubled.length === 0 ? 'good' : 'warn', says: troubled.length === 0 ? 'none is late or broken' : `${broken} cannot be read, ${troubled.length - broken} late`, href: '/desk/sources' },
    { what: 'Mail server', level: slow ? 'warn' : 'good', says: slow ? slow.why : config.SMTP_URL ? 'takes mails at the pace it is given' : 'none: mails go to the outbox', href: null },
    { what: 'Issues', level: paused.length === 0 ? 'good' : 'bad', says: paused.length === 0 ? 'none is paused' : `${paused.map(({ number }) => `No ${number}`).join(', ')} paused: letters wait`, href: paused[0] ? `/desk/issues/${paused[0].id}` : null },
    { what: 'Single mails', level: notices > 50 ? 'warn' : 'good', says: notices === 1 ? '1 waits' : `${notices} wait`, href: null },
    { what: 'This process', level: 'good', says: `${memoryMb} MB, up for ${upFor(process.uptime())}, Node ${process.versions.node}`, href: null },
  ]; // prettier-ignore
}

function upFor(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return minutes < 72 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
