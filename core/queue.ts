// The only file that knows BullMQ: enqueues jobs and runs their handlers, on Redis or on the database itself.
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
import { jobs, queueNames, queues, type Handlers, type JobName, type QueueName, type Payload } from './jobs.ts';
import type { Log } from './log.ts';

export interface Queue {
  /** Enqueues a job; one that already waits is not enqueued twice, one that is running runs once more afterwards. */
  enqueue<Name extends JobName>(name: Name, payload: Payload<Name>): Promise<void>;
  /** Runs the jobs of `handlers` until `stop` of the result is called. */
  work(handlers: Handlers): Promise<{ stop(): Promise<void> }>;
  /** How many jobs wait, run and failed, in each queue. */
  counts(): Promise<Record<QueueName, { waiting: number; active: number; failed: number }>>;
  /** The jobs that failed last, over all queues, the newest first. */
  failures(limit: number): Promise<FailedJob[]>;
  close(): Promise<void>;
}

interface FailedJob {
  name: string;
  payload: unknown;
  reason: string;
  at: Date;
}

export interface QueueConnection {
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  db: Database;
  log: Log;
}

/** How a job behaves: retried with growing pauses, forgotten soon after it is done. */
const jobOptions: JobsOptions = {
  backoff: { type: 'custom' },
  removeOnComplete: { count: 50 },
  removeOnFail: { count: 500 },
};

/** Opens the queue on Redis when there is one, else on BullMQ's PostgreSQL backend in the same database. */
export async function openQueue({ redisUrl, databaseUrl, db, log }: QueueConnection): Promise<Queue> {
  const backend = redisUrl ? redisBackend(redisUrl) : await databaseBackend(db, databaseUrl);
  const opened = new Map(queueNames.map((queueName) => [queueName, openOne(queueName)]));

  function openOne(queueName: QueueName) {
    const queue = backend.queue(queueName);
    queue.on('error', (error) => log.error({ event: 'queue.error', queue: queueName, message: messageOf(error) }));
    return queue;
  }

  await Promise.all([...opened.values()].map((queue) => queue.waitUntilReady()));
  if (backend.isOurs) await Promise.all([...opened.values()].map(giveBackActive));
  return {
    async enqueue(name, payload) {
      const { queue: queueName, attempts } = jobs[name];
      const deduplication = { id: `${name}${JSON.stringify(payload)}`, keepLastIfActive: true };
      await opened.get(queueName)!.add(name, payload, { ...jobOptions, attempts, deduplication });
    },
    async work(handlers) {
      const stop = new AbortController();
      // Every job that is running listens to it.
      setMaxListeners(0, stop.signal);
      const wanted = queueNames.filter((queueName) =>
        Object.keys(handlers).some((name) => jobs[name as JobName].queue === queueName),
      );
      const workers = wanted.map((queueName) => {
        const runOne = (job: Job) => runJob(job, { handlers, stop: stop.signal, log });
        const worker = backend.worker(queueName, runOne);
        worker.on('error', (error) => log.error({ event: 'queue.error', queue: queueName, message: messageOf(error) }));
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
        queueNames.map(async (queueName) => {
          const counts = await opened.get(queueName)!.getJobCounts('waiting', 'active', 'delayed', 'failed');
          const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
          return [queueName, { waiting: waiting + delayed, active, failed }] as const;
        }),
      );
      return Object.fromEntries(rows) as Awaited<ReturnType<Queue['counts']>>;
    },
    failures: (limit) => newestFailures([...opened.values()], limit),
    async close() {
      await Promise.all([...opened.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

async function newestFailures(opened: readonly BullQueue[], limit: number): Promise<FailedJob[]> {
  const found = await Promise.all(opened.map((queue) => queue.getFailed(0, limit - 1)));
  return found
    .flat()
    .map(({ name, data, failedReason, finishedOn, timestamp }) => ({
      name,
      payload: data as unknown,
      reason: failedReason,
      at: new Date(finishedOn ?? timestamp),
    }))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit);
}

/** Where the jobs are kept: BullMQ's constructors bound to Redis or to PostgreSQL. */
interface Backend {
  queue(queueName: QueueName): BullQueue;
  worker(queueName: QueueName, run: (job: Job) => Promise<void>): Worker;
  /** Whether no other process can use it: what is active when it opens belongs to a process that died. */
  isOurs: boolean;
  close(): Promise<void>;
}

function redisBackend(url: string): Backend {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: (queueName) => new BullQueue(queueName, { connection }),
    worker: (queueName, run) => new Worker(queueName, run, { connection, ...workerOptions(queueName, sharedLocks) }),
    isOurs: false,
    close: async () => undefined,
  };
}

/** Each worker keeps one client for LISTEN, so a server's pool is sized above the number of queues. */
async function databaseBackend(db: Database, databaseUrl: string | undefined): Promise<Backend> {
  const pool = databaseUrl
    ? openServerPool(databaseUrl, { max: queueNames.length + 8, searchPath: 'bullmq' })
    : db.pool;
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
    queue: (queueName) => new bound.Queue(queueName, { connection }) as unknown as BullQueue,
    worker: (queueName, run) =>
      new bound.Worker(queueName, run, { connection, ...workerOptions(queueName, locks) }) as unknown as Worker,
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

function workerOptions(queueName: QueueName, locks: { lockDuration: number; stalledInterval: number }) {
  return { concurrency: queues[queueName].atOnce, settings: { backoffStrategy }, maxStalledCount, ...locks };
}

/** Lets jobs that a dead process was doing be done again; "0" is BullMQ's token of whoever needs none. */
async function giveBackActive(queue: BullQueue): Promise<void> {
  for (const job of await queue.getActive()) await job.moveToWait('0');
}

/** 2, 8, 32 s ... unless the other side said when to come back. */
function backoffStrategy(attempts: number, _type?: string, error?: Error): number {
  return error instanceof TemporaryError && error.retryAfterMs !== undefined ? error.retryAfterMs : 500 * 4 ** attempts;
}

async function runJob(
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
