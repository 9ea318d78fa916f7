// kill -9 after each commit of jobs that write in more than one: the next process ends with what an unharmed one would have.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiled } from '../core/compiled.ts';
import { openDatabase, type Database } from '../core/db.ts';
import { childEnvironment } from './clock/test-clock.ts';
import { doJob, killedJobs, type KilledJob } from './killed-jobs.ts';
import { postgresServer } from './servers.ts';

const script = fileURLToPath(compiled(new URL('dying-process.ts', import.meta.url)));
/** More commits than any of them has. */
const mostCommits = 12;
const postgres = await postgresServer();
let db: Database;
let address: string;
/** The ids of what the other system was told. */
let told: string[] = [];
const server = createServer();

beforeAll(async () => {
  if (!postgres) return;
  db = await openDatabase({ url: postgres.url });
  const picture = await sharp({ create: { width: 800, height: 400, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const rss = `<rss version="2.0"><channel><title>Bees</title>${['a', 'b'].map((id) => `<item><guid>${id}</guid><title>Of ${id}</title><link>https://x.example/${id}</link></item>`).join('')}</channel></rss>`;
  const entry = (number: string) =>
    `<entry><id>http://arxiv.org/abs/${number}v1</id><title>On ${number}</title><summary>Of bees.</summary><published>2026-11-19T00:00:00Z</published><updated>2026-11-19T00:00:00Z</updated></entry>`;
  server.on('request', async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const sent: Buffer[] = [];
    for await (const chunk of request) sent.push(chunk as Buffer);
    const body = Buffer.concat(sent).toString();
    if (pathname === '/page')
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Bees</body></html>',
        );
    else if (pathname === '/feed') response.setHeader('content-type', 'application/rss+xml').end(rss);
    else if (pathname === '/picture.png') response.setHeader('content-type', 'image/png').end(picture);
    else if (pathname === '/arxiv')
      response.end(
        `<feed xmlns="http://www.w3.org/2005/Atom">${searchParams.get('id_list')!.split(',').map(entry).join('')}</feed>`,
      );
    else if (pathname === '/translate')
      response.end(
        JSON.stringify({ translatedText: (JSON.parse(body) as { q: string[] }).q.map((text) => `Anders: ${text}`) }),
      );
    else if (pathname === '/hook') {
      told.push(String(request.headers['webhook-id']));
      response.writeHead(204).end();
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await db?.close();
  await postgres?.stop();
});

async function setUp(name: KilledJob): Promise<void> {
  const { rows } = await db.pool.query(
    `select string_agg(quote_ident(tablename), ', ') as names from pg_tables where schemaname = 'public' and tablename <> 'schema_ledger'`,
  );
  await db.pool.query(`truncate ${(rows as { names: string }[])[0]!.names} restart identity cascade`);
  told = [];
  await killedJobs[name].given(db, address);
}

/** True when it died at this commit, false when it had fewer. */
async function dies(name: KilledJob, commit: number): Promise<boolean> {
  const child = spawn(process.execPath, [script, postgres!.url, name, String(commit), address], {
    env: childEnvironment({}),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') return true;
  expect([code, said]).toEqual([0, '']);
  return false;
}

test.skipIf(!postgres).each(Object.keys(killedJobs) as KilledJob[])('%s, whenever it is killed', async (name) => {
  await setUp(name);
  await doJob(name, { db, address, later: true });
  const unharmed = await db.rows(killedJobs[name].stands);
  const ids = new Set(told).size;
  expect(unharmed.length).toBeGreaterThan(0);
  let kills = 0;
  for (let commit = 1; commit <= mostCommits; commit++) {
    await setUp(name);
    if (!(await dies(name, commit))) break;
    kills++;
    await doJob(name, { db, address, later: true });
    expect(await db.rows(killedJobs[name].stands), `killed after commit ${commit}`).toEqual(unharmed);
    // What was told twice bears one id, by which the other side knows it.
    expect(new Set(told).size).toBe(ids);
  }
  expect(kills).toBeGreaterThan(1);
  expect(kills).toBeLessThan(mostCommits);
});
