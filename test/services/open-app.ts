// The pages on an empty embedded database with a real queue that nobody answers, and a clock that stands still.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, onTestFinished } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { sql, type Database } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { openLog } from '../../core/log.ts';
import { openQueue, type Queue } from '../../core/queue.ts';
import { buildApp } from '../../services/app.ts';
import { testDatabase } from '../database.ts';

export interface TestApp {
  app: FastifyInstance;
  house: House;
  db: Database;
  dataDir: string;
  /** The bells that wait, in the order they were rung: `issue.draft {}`. */
  rung: () => Promise<string[]>;
}

export const testNow = new Date('2026-11-20T12:00:00Z');

let opened: Promise<Queue> | undefined;
afterAll(async () => {
  await (await opened)?.close();
  opened = undefined;
});

/** Opens every room. */
export async function openApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const db = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'courant-pages-'));
  const config = parseConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    PUBLIC_URL: 'http://courant.test',
    ...environment,
  });
  const log = openLog(config);
  opened ??= openQueue({ db, log });
  const queue = await opened;
  for (const table of ['job', 'dedup', 'dedup_next']) await db.pool.query(`delete from bullmq.${table}`);
  const house: House = { config, log, db, queue, now: () => testNow };
  const app = await buildApp(house, { rooms: ['web', 'admin', 'outbox'] });
  onTestFinished(() => app.close());
  return { app, house, db, dataDir, rung };

  async function rung(): Promise<string[]> {
    const bells = await db.rows<{ bell: string }>(sql`
      select concat(name, ' ', replace(data::text, ' ', '')) as bell from bullmq.job order by added_at_ms, seq`);
    return bells.map(({ bell }) => bell);
  }
}

/** A form as a browser sends it. */
export function post(
  url: string,
  fields: Record<string, string | string[]> = {},
  headers: Record<string, string> = {},
) {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(pairs as [string, string][]).toString(),
  };
}
