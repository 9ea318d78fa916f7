import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../core/db.ts';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Handlers } from '../../core/jobs.ts';
import { openLog } from '../../core/log.ts';
import { openQueue, type Queue } from '../../core/queue.ts';
import { emptyDatabaseDump } from '../empty-database.ts';
import { postgresServer, redisServer, type TestServer } from '../servers.ts';

const log = openLog({ LOG_LEVEL: 'silent' });
const postgres = await postgresServer();
const redis = await redisServer();

const places: [string, TestServer | undefined | 'embedded'][] = [
  ['PGlite', 'embedded'],
  ['PostgreSQL', postgres],
  ['Redis', redis],
];

afterAll(async () => {
  await postgres?.stop();
  await redis?.stop();
});

describe.each(places)('on %s', (name, server) => {
  let db: Database;
  let queue: Queue;

  beforeAll(async () => {
    if (!server) return;
    const databaseUrl = name === 'PostgreSQL' ? postgres?.url : undefined;
    db = await openDatabase(databaseUrl ? { url: databaseUrl } : { dump: emptyDatabaseDump() });
    queue = await openQueue({ redisUrl: name === 'Redis' ? redis?.url : undefined, databaseUrl, db, log });
  });

  afterAll(async () => {
    await queue?.close();
    await db?.close();
  });

  async function answering(handlers: Handlers, work: () => Promise<void>): Promise<void> {
    const answer = await queue.work(handlers);
    try {
      await work();
    } finally {
      await answer.stop();
    }
  }

  /** Waits until `get` gives `expected`, and a little more to see that it stays so. */
  async function settlesAt(expected: unknown, get: () => unknown, stillMs = 400): Promise<void> {
    await expect.poll(get, { interval: 20 }).toEqual(expected);
    await pause(stillMs);
    expect(get()).toEqual(expected);
  }

  test.skipIf(!server)('a job enqueued five times before anybody works runs once', async () => {
    let answered = 0;
    for (let time = 0; time < 5; time++) await queue.enqueue('issue.draft', {});
    expect((await queue.counts()).compose.waiting).toBe(1);
    await answering({ 'issue.draft': async () => void answered++ }, () => settlesAt(1, () => answered));
    expect((await queue.counts()).compose.waiting).toBe(0);
  });

  test.skipIf(!server)('jobs with different ids all run, each with its own', async () => {
    const answered: number[] = [];
    for (const sourceId of [1, 2, 3]) await queue.enqueue('source.check', { sourceId });
    await answering({ 'source.check': async ({ sourceId }) => void answered.push(sourceId) }, () =>
      settlesAt(3, () => answered.length),
    );
    expect(new Set(answered)).toEqual(new Set([1, 2, 3]));
  });

  test.skipIf(!server)('a job enqueued five times while it runs runs once more, after', async () => {
    const { opened, open } = gate();
    let started = 0;
    let atOnce = 0;
    let most = 0;
    const handler = async (): Promise<void> => {
      started++;
      most = Math.max(most, ++atOnce);
      await opened;
      atOnce--;
    };
    await answering({ 'items.embed': handler }, async () => {
      await queue.enqueue('items.embed', {});
      await expect.poll(() => started).toBe(1);
      expect((await queue.counts()).understand.active).toBe(1);
      for (let time = 0; time < 5; time++) await queue.enqueue('items.embed', {});
      open();
      await settlesAt(2, () => started);
    });
    expect(most).toBe(1);
  });

  test.skipIf(!server)('a job enqueued again after it ran runs again', async () => {
    let answered = 0;
    await answering({ 'stories.find': async () => void answered++ }, async () => {
      await queue.enqueue('stories.find', {});
      await settlesAt(1, () => answered);
      await queue.enqueue('stories.find', {});
      await settlesAt(2, () => answered);
    });
    expect((await queue.counts()).understand).toEqual({ waiting: 0, active: 0, failed: 0 });
  });

  test.skipIf(!server)('a temporary error is tried again after its pause', async () => {
    const tries: number[] = [];
    const handler = async (): Promise<void> => {
      tries.push(Date.now());
      if (tries.length === 1) throw new TemporaryError('busy', { retryAfterMs: 700 });
    };
    await answering({ 'issue.render': handler }, async () => {
      await queue.enqueue('issue.render', { issueId: 1 });
      await settlesAt(2, () => tries.length);
    });
    expect(tries[1]! - tries[0]!).toBeGreaterThanOrEqual(690);
    expect((await queue.counts()).compose.failed).toBe(0);
  });

  test.skipIf(!server)('a permanent error is not tried again, and is counted', async () => {
    let tries = 0;
    const handler = async (): Promise<void> => {
      tries++;
      throw new PermanentError('no such issue');
    };
    await answering({ 'issue.rank': handler }, async () => {
      await queue.enqueue('issue.rank', { issueId: 7 });
      await settlesAt(1, () => tries, 2500);
    });
    expect((await queue.counts()).rank).toEqual({ waiting: 0, active: 0, failed: 1 });
  });

  test.skipIf(!server)('a job that failed for good can be enqueued again', async () => {
    let tries = 0;
    await answering({ 'issue.rank': async () => void tries++ }, async () => {
      await queue.enqueue('issue.rank', { issueId: 7 });
      await settlesAt(1, () => tries);
    });
    expect((await queue.counts()).rank).toMatchObject({ waiting: 0, active: 0 });
  });

  test.skipIf(!server)('a handler is told to stop, and stopping waits until it is done', async () => {
    let started = false;
    let done = false;
    const answer = await queue.work({
      'issue.send': async (_, stop) => {
        started = true;
        await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
        await pause(50);
        done = true;
      },
    });
    await queue.enqueue('issue.send', { issueId: 1 });
    await expect.poll(() => started).toBe(true);
    expect((await queue.counts()).letters.active).toBe(1);
    await answer.stop();
    expect(done).toBe(true);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
