// The only file that knows BullMQ: rings doorbells and answers them, on Redis or on the database itself.
import { setMaxListeners, type EventEmitter } from 'node:events';
import {
  createPostgresBackend,
  Queue as BullQueue,
  runMigrations,
  UnrecoverableError,
  withBackend,
  Worker,
} from 'bullmq';
import type { Job, JobsOptions, PgPool } from 'bullmq';
import { openServerPool, type Database } from './db.ts';
import type { Pool } from './embedded.ts';
import { measureElapsed } from './elapsed.ts';
import { messageOf, PermanentError, TemporaryError } from './errors.ts';
import { jobs, laneNames, lanes, type Handlers, type JobName, type Lane, type Payload } from './jobs.ts';
import type { Log } from './log.ts';

export interface Queue {
  /** Rings a bell; a bell that already waits is not rung twice, one that is being answered is rung once more after. */
  ring<Name extends JobName>(name: Name, payload: Payload<Name>): Promise<void>;
  /** Answers the bells of `handlers` until `stop` of the result is called. */
  answer(handlers: Handlers): Promise<{ stop(): Promise<void> }>;
  /** How many bells wait, are answered, failed, in each lane. */
  counts(): Promise<Record<Lane, { waiting: number; active: number; failed: number }>>;
  close(): Promise<void>;
}

export interface QueuePlace {
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  db: Database;
  log: Log;
}

/** How a bell behaves: retried with growing pauses, forgotten soon after it was answered. */
const bellOptions: JobsOptions = {
  backoff: { type: 'custom' },
  removeOnComplete: { count: 50 },
  removeOnFail: { count: 500 },
};

/** Opens the queue on Redis when there is one, else on BullMQ's PostgreSQL backend in the same database. */
export async function openQueue({ redisUrl, databaseUrl, db, log }: QueuePlace): Promise<Queue> {
  const place = redisUrl ? redisPlace(redisUrl) : await databasePlace(db, databaseUrl);
  const queues = new Map(laneNames.map((lane) => [lane, openOne(lane)]));

  function openOne(lane: Lane) {
    const queue = place.queue(lane);
    queue.on('error', (error) => log.error({ event: 'queue.error', lane, message: messageOf(error) }));
    return queue;
  }

  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  if (place.isOurs) await Promise.all([...queues.values()].map(giveBackActive));
  return {
    async ring(name, payload) {
      const { lane, attempts } = jobs[name];
      const deduplication = { id: `${name}${JSON.stringify(payload)}`, keepLastIfActive: true };
      await queues.get(lane)!.add(name, payload, { ...bellOptions, attempts, deduplication });
    },
    async answer(handlers) {
      const stop = new AbortController();
      // Every bell that is being answered listens to it.
      setMaxListeners(0, stop.signal);
      const wanted = laneNames.filter((lane) =>
        Object.keys(handlers).some((name) => jobs[name as JobName].lane === lane),
      );
      const workers = wanted.map((lane) => {
        const answerOne = (job: Job) => answerBell(job, { handlers, stop: stop.signal, log });
        const worker = place.worker(lane, answerOne);
        worker.on('error', (error) => log.error({ event: 'queue.error', lane, message: messageOf(error) }));
        return worker;
      });
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
      return {
        async stop() {
          stop.abort();
          await Promise.all(workers.map((worker) => worker.close()));
        },
      };
    },
    async counts() {
      const rows = await Promise.all(
        laneNames.map(async (lane) => {
          const counts = await queues.get(lane)!.getJobCounts('waiting', 'active', 'delayed', 'failed');
          const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
          return [lane, { waiting: waiting + delayed, active, failed }] as const;
        }),
      );
      return Object.fromEntries(rows) as Awaited<ReturnType<Queue['counts']>>;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await place.close();
    },
  };
}

/** Where the bells hang: BullMQ's constructors bound to Redis or to PostgreSQL. */
interface Place {
  queue(lane: Lane): BullQueue;
  worker(lane: Lane, answer: (job: Job) => Promise<void>): Worker;
  /** Whether no other process can use it: what is active when it opens belongs to a process that died. */
  isOurs: boolean;
  close(): Promise<void>;
}

function redisPlace(url: string): Place {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: (lane) => new BullQueue(lane, { connection }),
    worker: (lane, answer) => new Worker(lane, answer, { connection, ...workerOptions(lane, sharedLocks) }),
    isOurs: false,
    close: async () => undefined,
  };
}

/** Each worker keeps one client for LISTEN, so a server's pool is sized above the number of lanes. */
async function databasePlace(db: Database, databaseUrl: string | undefined): Promise<Place> {
  const pool = databaseUrl ? openServerPool(databaseUrl, { max: laneNames.length + 8, searchPath: 'bullmq' }) : db.pool;
  // Every queue and worker of BullMQ listens for errors of the pool it was given, closed ones too: more than Node's ten.
  setMaxListeners(0, pool as Pool & EventEmitter);
  const client = await pool.connect();
  try {
    await runMigrations(client as Parameters<typeof runMigrations>[0], 'bullmq');
  } finally {
    client.release();
  }
  const bound = withBackend(createPostgresBackend);
  const connection = pool as unknown as PgPool;
  const locks = databaseUrl ? sharedLocks : ownLocks;
  return {
    queue: (lane) => new bound.Queue(lane, { connection }) as unknown as BullQueue,
    worker: (lane, answer) =>
      new bound.Worker(lane, answer, { connection, ...workerOptions(lane, locks) }) as unknown as Worker,
    isOurs: !databaseUrl,
    close: async () => (databaseUrl ? pool.end() : undefined),
  };
}

/**
 * A worker renews the locks of its jobs every 2.5 s at the latest; who died has lost them after 5 s, the next check but
 * one notices, so that its jobs go on elsewhere within 9 s. (By default BullMQ takes 30 to 90.) A process that was only
 * stuck for so long does its job twice, which every handler bears.
 */
const sharedLocks = { lockDuration: 5_000, stalledInterval: 2_000 };

/** In one process nobody else can take over: what a start finds active is given back at once, and no slow statement may lose a lock. */
const ownLocks = { lockDuration: 600_000, stalledInterval: 30_000 };

/** A job whose process dies again and again fails at last; the schedule enqueues it anew, more slowly. */
const maxStalledCount = 10;

function workerOptions(lane: Lane, locks: { lockDuration: number; stalledInterval: number }) {
  return { concurrency: lanes[lane].atOnce, settings: { backoffStrategy }, maxStalledCount, ...locks };
}

/** Lets jobs that a dead process was doing be done again; "0" is BullMQ's token of whoever needs none. */
async function giveBackActive(queue: BullQueue): Promise<void> {
  for (const job of await queue.getActive()) await job.moveToWait('0');
}

/** 2, 8, 32 s ... unless the other side said when to come back. */
function backoffStrategy(attempts: number, _type?: string, error?: Error): number {
  return error instanceof TemporaryError && error.retryAfterMs !== undefined ? error.retryAfterMs : 500 * 4 ** attempts;
}

async function answerBell(
  job: Job,
  { handlers, stop, log }: { handlers: Handlers; stop: AbortSignal; log: Log },
): Promise<void> {
  const name = job.name as JobName;
  const elapsedMs = measureElapsed();
  try {
    const handler = handlers[name] as ((payload: unknown, stop: AbortSignal) => Promise<void>) | undefined;
    if (!handler) throw new PermanentError(`no handler for the job ${job.name}; start a process that has one`);
    await handler(jobs[name].payload.parse(job.data), stop);
    log.debug({ event: 'job.done', job: name, ...job.data, ms: elapsedMs() });
  } catch (error) {
    const stack =
      error instanceof TemporaryError || error instanceof PermanentError ? undefined : (error as Error).stack;
    log.warn({
      event: 'job.failed',
      job: name,
      ...job.data,
      message: messageOf(error),
      stack,
      ms: elapsedMs(),
    });
    if (error instanceof PermanentError) throw new UnrecoverableError(error.message);
    throw error;
  }
}
