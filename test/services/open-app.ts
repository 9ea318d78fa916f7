// The pages on an empty embedded database with a real queue that nobody answers, and a clock that stands still.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import PostalMime from 'postal-mime';
import { afterAll, onTestFinished } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { liveConfig } from '../../core/live-config.ts';
import { sql, type Database } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { openLog } from '../../core/log.ts';
import { openQueue, type Queue } from '../../core/queue.ts';
import { buildApp } from '../../services/app.ts';
import { sendNotices } from '../../services/mailer/send-notices.ts';
import { testDatabase } from '../database.ts';

export interface TestApp {
  app: FastifyInstance;
  house: House;
  db: Database;
  dataDir: string;
  /** What time it is; a test may move it. */
  clock: { now: Date };
  /** Lets the mailer take what was asked and send what was planned; returns the mails it wrote, oldest first. */
  mail: () => Promise<SentMail[]>;
  /** The jobs that wait, in the order they were enqueued: `issue.draft {}`. */
  enqueued: () => Promise<string[]>;
}

interface SentMail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export const testNow = new Date('2026-11-20T12:00:00Z');

let opened: Promise<Queue> | undefined;
afterAll(async () => {
  await (await opened)?.close();
  opened = undefined;
});

/** Opens every room; `isLive` lets the config follow what is set at the desk, as it does outside tests. */
export async function openApp(
  environment: Record<string, string> = {},
  { isLive = false }: { isLive?: boolean } = {},
): Promise<TestApp> {
  const db = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'courant-pages-'));
  const given = parseConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    PUBLIC_URL: 'http://courant.test',
    // Three seconds of CPU for each content, and other points on other machines.
    SPAMASSASSIN: 'no',
    ...environment,
  });
  const config = isLive ? liveConfig(given) : given;
  const log = openLog(config);
  opened ??= openQueue({ db, log });
  const queue = await opened;
  for (const table of ['job', 'dedup', 'dedup_next']) await db.pool.query(`delete from bullmq.${table}`);
  const clock = { now: testNow };
  const house: House = { config, log, db, queue, now: () => clock.now };
  const app = await buildApp(house, { rooms: ['web', 'admin', 'outbox'] });
  onTestFinished(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const seen = new Set<string>();
  return { app, house, db, dataDir, clock, enqueued, mail };

  async function mail(): Promise<SentMail[]> {
    await sendNotices(house, new AbortController().signal);
    const outbox = join(dataDir, 'outbox');
    const names = existsSync(outbox) ? readdirSync(outbox).filter((name) => !seen.has(name)) : [];
    for (const name of names) seen.add(name);
    const order = (name: string): number => Number(/\d+/.exec(name)?.[0]);
    const parsed = names
      .toSorted((a, b) => order(a) - order(b))
      .map(async (name) => PostalMime.parse(readFileSync(join(outbox, name))));
    return (await Promise.all(parsed)).map(({ to, subject = '', text = '', html = '' }) => ({
      to: to?.[0]?.address ?? '',
      subject,
      text,
      html,
    }));
  }

  async function enqueued(): Promise<string[]> {
    const rows = await db.rows<{ job: string }>(sql`
      select concat(name, ' ', replace(data::text, ' ', '')) as job from bullmq.job order by added_at_ms, seq`);
    return rows.map(({ job }) => job);
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
