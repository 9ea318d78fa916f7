// One request at a time and one in so many milliseconds: within a process, and over two worker processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../../../core/compiled.ts';
import { parseConfig } from '../../../../core/config.ts';
import { openHouse } from '../../../../core/house.ts';
import { addSources, listSources } from '../../../../core/store/sources.ts';
import { passTurn, takeTurn } from '../../../../core/store/turns.ts';
import { createTurnstile } from '../../../../workers/ingest/politeness/arxiv-pace.ts';
import { childEnvironment } from '../../../clock/test-clock.ts';
import { testDatabase } from '../../../database.ts';
import { postgresServer, redisServer } from '../../../servers.ts';

const postgres = await postgresServer();
const redis = await redisServer();
const skip = postgres && redis ? '' : 'PostgreSQL or Redis is not installed';
const script = fileURLToPath(compiled(new URL('../paced-worker.ts', import.meta.url)));
afterAll(async () => {
  await postgres?.stop();
  await redis?.stop();
});

const list = `<rss version="2.0"><channel><title>arXiv</title></channel></rss>`;

/** An arXiv that notes who asked when, and takes its time to answer. */
async function slowArxiv({ answersInMs }: { answersInMs: number }) {
  const requests: { startedAt: number; endedAt: number }[] = [];
  const server = createServer((_request, response) => {
    const one = { startedAt: performance.now(), endedAt: Infinity };
    requests.push(one);
    setTimeout(() => {
      response.end(list);
      one.endedAt = performance.now();
    }, answersInMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

describe('a turn', () => {
  test('is that of one asker until it is passed on, and comes again after the pause', async () => {
    const db = await testDatabase();
    const [ada, bo] = [
      { name: 'arxiv', holder: 'ada' },
      { name: 'arxiv', holder: 'bo' },
    ];
    expect(await takeTurn(db, { ...ada, leaseMs: 60_000 })).toBe(0);
    expect(await takeTurn(db, { ...bo, leaseMs: 60_000 })).toBe(1);
    await passTurn(db, { ...bo, pauseMs: 0 });
    expect(await takeTurn(db, { ...bo, leaseMs: 60_000 })).toBe(1);
    await passTurn(db, { ...ada, pauseMs: 3_600_000 });
    const waitMs = await takeTurn(db, { ...bo, leaseMs: 60_000 });
    // Half of it may be over on a busy machine, not more.
    expect(waitMs).toBeGreaterThan(1_800_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
    await takeTurn(db, { ...ada, name: 'other', leaseMs: 60_000 });
    await passTurn(db, { ...ada, name: 'other', pauseMs: 0 });
    expect(await takeTurn(db, { ...bo, name: 'other', leaseMs: 60_000 })).toBe(0);
  });

  test('of an asker that died is free when its lease is over', async () => {
    const db = await testDatabase();
    expect(await takeTurn(db, { name: 'arxiv', holder: 'ada', leaseMs: 50 })).toBe(0);
    await sleep(80);
    expect(await takeTurn(db, { name: 'arxiv', holder: 'bo', leaseMs: 50 })).toBe(0);
  });
});

describe('the turnstile', () => {
  const askWhileTaken = async (url: string): Promise<string> => {
    const db = await testDatabase();
    await takeTurn(db, { name: 'arxiv', holder: 'somebody', leaseMs: 60_000 });
    return createTurnstile(db).inTurn(url, AbortSignal.timeout(50), async () => 'asked');
  };

  test.each(['http://127.0.0.1:4000/feeds/arxiv-cs-cl', 'https://blog.example/feed', 'https://notarxiv.org/rss/cs.CL'])(
    'lets %s through',
    async (url) => {
      expect(await askWhileTaken(url)).toBe('asked');
    },
  );

  test.each(['https://rss.arxiv.org/rss/cs.CL', 'https://export.arxiv.org/api/query', 'https://oaipmh.arxiv.org/oai'])(
    'has %s wait for its turn',
    async (url) => {
      await expect(askWhileTaken(url)).rejects.toThrow('aborted');
    },
  );
});

describe.skipIf(skip)(`two worker processes${skip && ` (skipped: ${skip})`}`, () => {
  test('ask arXiv one at a time, 200 ms from start to start, also when it answers slowly', async () => {
    const [everyMs, answersInMs] = [200, 50];
    // One process takes 24 at once: some are left for the other, however long that one is held up.
    const lists = 26;
    const arxiv = await slowArxiv({ answersInMs });
    const environment = {
      DATABASE_URL: postgres!.url,
      REDIS_URL: redis!.url,
      ALLOW_ADDRESSES: arxiv.host,
      DATA_DIR: tmpdir(),
    };
    const house = await openHouse(parseConfig({ ...environment, LOG_LEVEL: 'silent' }));
    onTestFinished(() => house.close());
    await addSources(
      house.db,
      Array.from({ length: lists }, (_, at) => ({
        kind: 'arxiv' as const,
        title: `List ${at}`,
        url: `http://${arxiv.host}/rss/cs.${at}`,
      })),
    );
    const workers = await Promise.all([startWorker(everyMs, environment), startWorker(everyMs, environment)]);
    const askedAt = performance.now();
    for (const { id } of await listSources(house.db)) await house.queue.enqueue('source.check', { sourceId: id });
    await expect.poll(async () => (await listSources(house.db)).filter(isRead).length).toBe(lists);
    // A worker says so after it stored it, and its words take their time through the pipe.
    const checkedBy = (): number[] => workers.map(({ output }) => output().split('"source.checked"').length - 1);
    await expect.poll(() => checkedBy().reduce((sum, count) => sum + count)).toBe(lists);
    expect(Math.min(...checkedBy())).toBeGreaterThan(0);
    const byTime = arxiv.requests.toSorted((a, b) => a.startedAt - b.startedAt);
    expect(byTime).toHaveLength(lists);
    // From before the first: its arrival may be held up on a busy machine and come closer to the next. All together cannot be faster.
    expect(byTime.at(-1)!.startedAt - askedAt).toBeGreaterThan((lists - 1) * everyMs * 0.9);
    for (const [at, request] of byTime.slice(1).entries()) {
      expect(request.startedAt).toBeGreaterThanOrEqual(byTime[at]!.endedAt);
    }
  });
});

const isRead = ({ lastSuccessAt }: { lastSuccessAt: Date | null }): boolean => lastSuccessAt !== null;

async function startWorker(everyMs: number, environment: Record<string, string>) {
  const child = spawn(process.execPath, [script, String(everyMs)], {
    env: childEnvironment(environment),
  });
  onTestFinished(async () => {
    const ended = child.exitCode === null && once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  let output = '';
  const started = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('process.started')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${output}`)));
  });
  await started;
  return { output: () => output };
}
