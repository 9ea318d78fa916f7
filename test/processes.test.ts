// The third shape: web, desk, worker and mailer as processes of their own on PostgreSQL and Redis take the same tour.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../core/config.ts';
import { openHouse } from '../core/house.ts';
import { serveDemoWeek } from '../infra/demo-week/server.ts';
import { demoReaders } from '../services/cli/demo-readers.ts';
import { runTour } from '../services/cli/tour.ts';
import { childEnvironment } from './clock/test-clock.ts';
import { freePort } from '../core/network/free-port.ts';
import { startMailServer } from './mail-server.ts';
import { postgresServer, redisServer } from './servers.ts';

const postgres = await postgresServer();
const redis = await redisServer();
const skip = postgres && redis ? '' : 'PostgreSQL or Redis is not installed';
const root = new URL('../', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'courant-processes-'));
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children.filter(({ exitCode }) => exitCode === null)) {
    child.kill();
    await once(child, 'exit');
  }
  await postgres?.stop();
  await redis?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Starts a process and waits until it says that it runs. */
async function start(args: string[], environment: Record<string, string>): Promise<{ printed: () => string }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: childEnvironment(environment),
  });
  children.push(child);
  let [printed, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('process.started')) resolve();
    });
    child.once('close', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return { printed: () => printed };
}

describe.skipIf(skip)(`processes of their own${skip && ` (skipped: ${skip})`}`, () => {
  it('take the tour together, and each stops when it is told to', async () => {
    const week = await serveDemoWeek({ now: new Date() });
    const box = await startMailServer();
    const [webPort, adminPort] = [await freePort(), await freePort()];
    const environment = {
      DATA_DIR: directory,
      DATABASE_URL: postgres!.url,
      REDIS_URL: redis!.url,
      SMTP_URL: box.url,
      MAIL_FROM: 'Courant <courant@news.example>',
      ALLOW_ADDRESSES: new URL(week.url).host,
      PUBLIC_URL: `http://127.0.0.1:${webPort}`,
      DESK_URL: `http://127.0.0.1:${adminPort}`,
    };
    const [, admin] = await Promise.all([
      start(['dist/services/main.js', 'web'], { ...environment, PORT: String(webPort) }),
      start(['dist/services/main.js', 'admin'], { ...environment, PORT: String(adminPort) }),
      start(['dist/services/main.js', 'mailer'], environment),
      start(['dist/workers/main.js'], environment),
    ]);
    // Whoever starts the desk finds the way to its first-run page in what it printed.
    await expect.poll(admin.printed).toContain(`${environment.DESK_URL}/desk/setup/`);
    const house = await openHouse(parseConfig({ ...environment, LOG_LEVEL: 'silent' }));
    const silent = { start: () => undefined, at: () => undefined, done: () => undefined };
    const result = await runTour(house, week, silent);
    expect(result).toMatchObject({ submittedMails: demoReaders.length, itemsWithoutVector: 0 });
    expect(box.taken).toHaveLength(demoReaders.length);
    const page = await fetch(`${environment.PUBLIC_URL}/issues/${result.issue.slug}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(result.issue.title)]);
    expect((await fetch(`${environment.DESK_URL}/desk/sign-in`)).status).toBe(200);
    expect((await fetch(`${environment.PUBLIC_URL}/desk/sign-in`)).status).toBe(404);
    for (const child of children) child.kill('SIGTERM');
    const codes = await Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    await house.close();
    await week.close();
    await box.stop();
  });
});
