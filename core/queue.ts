// The only file that knows BullMQ: rings doorbells and answers them, on Redis or on the database itself.
import { setMaxListeners } from 'node:events';
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
import { messageOf, PermanentError, TemporaryError } from './errors.ts';
import { homes, jobs, type Handlers, type Home, type JobName, type Payload } from './jobs.ts';
import type { Log } from './log.ts';

export interface Queue {
  /** Rings a bell; a bell that already waits is not rung twice, one that is being answered is rung once more after. */
  ring<Name extends JobName>(name: Name, payload: Payload<Name>): Promise<void>;
  /** Answers the bells of `handlers` until `stop` of the result is called. */
  answer(handlers: Handlers): Promise<{ stop(): Promise<void> }>;
  /** How many bells wait, are answered, failed, for each home. */
  counts(): Promise<Record<Home, { waiting: number; active: number; failed: number }>>;
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
  const queues = new Map(homes.map((home) => [home, openOne(home)]));

  function openOne(home: Home) {
    const queue = place.queue(home);
    queue.on('error', (error) => log.error({ event: 'queue.error', home, message: messageOf(error) }));
    return queue;
  }

  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  return {
    async ring(name, payload) {
      const { home, attempts } = jobs[name];
      const deduplication = { id: `${name}${JSON.stringify(payload)}`, keepLastIfActive: true };
      await queues.get(home)!.add(name, payload, { ...bellOptions, attempts, deduplication });
    },
    async answer(handlers) {
      const stop = new AbortController();
      // Every bell that is being answered listens to it.
      setMaxListeners(0, stop.signal);
      const wanted = homes.filter((home) => Object.keys(handlers).some((name) => jobs[name as JobName].home === home));
      const workers = wanted.map((home) => {
        const answerOne = (job: Job) => answerBell(job, { handlers, stop: stop.signal, log });
        const worker = place.worker(home, answerOne);
        worker.on('error', (error) => log.error({ event: 'queue.error', home, message: messageOf(error) }));
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
        homes.map(async (home) => {
          const counts = await queues.get(home)!.getJobCounts('waiting', 'active', 'delayed', 'failed');
          const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
          return [home, { waiting: waiting + delayed, active, failed }] as const;
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
  queue(home: Home): BullQueue;
  worker(home: Home, answer: (job: Job) => Promise<void>): Worker;
  close(): Promise<void>;
}

function redisPlace(url: string): Place {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: (home) => new BullQueue(home, { connection }),
    worker: (home, answer) => new Worker(home, answer, { connection, ...workerOptions(home) }),
    close: async () => undefined,
  };
}

/** Each worker keeps one client for LISTEN, so a server's pool is sized above the number of homes. */
async function databasePlace(db: Database, databaseUrl: string | undefined): Promise<Place> {
  const pool = databaseUrl ? openServerPool(databaseUrl, { max: homes.length + 8, searchPath: 'bullmq' }) : db.pool;
  const client = await pool.connect();
  try {
    await runMigrations(client as Parameters<typeof runMigrations>[0], 'bullmq');
  } finally {
    client.release();
  }
  const bound = withBackend(createPostgresBackend);
  const connection = pool as unknown as PgPool;
  return {
    queue: (home) => new bound.Queue(home, { connection }) as unknown as BullQueue,
    worker: (home, answer) =>
      new bound.Worker(home, answer, { connection, ...workerOptions(home) }) as unknown as Worker,
    close: async () => (databaseUrl ? pool.end() : undefined),
  };
}

/** Sources wait on the network, so many hosts are asked at once; every other stage works alone on its rows. */
function workerOptions(home: Home) {
  return { concurrency: home === 'ingest' ? 24 : 1, settings: { backoffStrategy } };
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
  const started = Date.now();
  try {
    const handler = handlers[name] as ((payload: unknown, stop: AbortSignal) => Promise<void>) | undefined;
    if (!handler) throw new PermanentError(`no handler for the job ${job.name}; start a process that has one`);
    await handler(jobs[name].payload.parse(job.data), stop);
    log.debug({ event: 'job.done', job: name, ...job.data, ms: Date.now() - started });
  } catch (error) {
    const stack =
      error instanceof TemporaryError || error instanceof PermanentError ? undefined : (error as Error).stack;
    log.warn({
      event: 'job.failed',
      job: name,
      ...job.data,
      message: messageOf(error),
      stack,
      ms: Date.now() - started,
    });
    if (error instanceof PermanentError) throw new UnrecoverableError(error.message);
    throw error;
  }
}
