// What each page costs at full size: CPU of node and database together, made anew and served again, beside a bare page of the same length.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openHouse, type House } from '../../../core/house.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { buildApp } from '../../../services/app.ts';
import { upkeepHandlers } from '../../../workers/upkeep/handlers.ts';
import { fillTables, type Filled } from '../../full-tables.ts';
import { postgresServer } from '../../servers.ts';
import { openCpuClock } from './cpu-clock.ts';
import { openAsker } from './open-asker.ts';
import { countControls, worstOf, type PageFigures } from './worst-of.ts';

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'postgres' },
    items: { type: 'string', default: '50000' },
    issues: { type: 'string', default: '200' },
    readers: { type: 'string', default: '50000' },
    requests: { type: 'string', default: '20' },
  },
});

/** How often a page is asked for in a row. */
const served = 500;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
// Printed when everything else has said its last word.
let last = '';
const server = values.database === 'postgres' ? await postgresServer() : undefined;
const directory = mkdtempSync(join(tmpdir(), 'courant-bench-pages-'));
const house = await openHouse(
  parseConfig({
    DATA_DIR: directory,
    DATABASE_URL: server?.url,
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://courant.test',
  }),
);
try {
  const sizes = { items: Number(values.items), issues: Number(values.issues), readers: Number(values.readers) };
  const started = performance.now();
  const filled = await fillTables(house.db, sizes, house.now());
  await analyseChanged(house.db, { vacuum: true });
  await upkeepHandlers(house)['boards.count']?.({}, new AbortController().signal);
  say(`${values.database}: ${JSON.stringify(sizes)}, filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await measure(filled);
} finally {
  await house.close();
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}
say(last);

/** Of each page: what making it costs when rows changed, and serving it when they did not, beside a bare page of its length over the same sockets. */
async function measure(filled: Filled): Promise<void> {
  const clock = await openCpuClock(house.db, values.database === 'postgres');
  const { app, get, cookie } = await signIn(house);
  const site = await app.listen({ host: '127.0.0.1', port: 0 });
  const asker = openAsker();
  const figures: Record<string, PageFigures> = {};
  try {
    // Both are slow at first.
    await asker.ask(`${site}/deadlines`, served);
    for (const url of pagesOf(filled)) {
      const anew = async (): Promise<void> => void (await changed(), await get(url));
      const first = await clock.spent(1, () => get(url));
      await settled(url);
      const { statusCode, rawPayload } = await get(url);
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
      const ms = await clock.spent(Number(values.requests), anew);
      const medianMs = await medianWall(anew);
      const ask = (page: string) => clock.spent(1, () => asker.ask(page, served, cookie()));
      await get(url);
      const servedMs = (await ask(`${site}${url}`)) / served;
      const bareMs = await spentOnBarePage(ask, rawPayload.toString('latin1'));
      const controls = countControls(rawPayload.toString());
      figures[url] = { ms: round(ms), medianMs: round(medianMs), servedMs: round(servedMs, 3), bareMs: round(bareMs, 3), vsBare: round(bareMs / servedMs, 3), bytes: rawPayload.length, firstMs: round(first), controls }; // prettier-ignore
      say(`${url.padEnd(28)} made anew ${ms.toFixed(1).padStart(6)} ms of CPU, served ${servedMs.toFixed(2).padStart(6)}, bare ${bareMs.toFixed(2)} (${(100 * bareMs / servedMs).toFixed(0).padStart(3)} %), first ${first.toFixed(0)} ms, ${(rawPayload.length / 1024).toFixed(0)} KB, ${controls} controls`); // prettier-ignore
    }
  } finally {
    asker.stop();
    await app.close();
  }
  last = JSON.stringify({ bench: 'pages', database: values.database, ...worstOf(figures), pages: figures });

  /** Compiling and looking through a letter, once a content, goes on in threads while its page is shown without. */
  async function settled(url: string): Promise<void> {
    for (let time = 0; time < 60 && (await get(url)).body.includes('is-waiting'); time++) await delay(500);
  }
}

/** As every write does: no page that was made before is sent again. */
function changed(): Promise<unknown> {
  return house.db.row(sql`select pg_current_xact_id()::text`);
}

async function medianWall(act: () => Promise<unknown>): Promise<number> {
  const spent: number[] = [];
  for (let time = 0; time < 11; time++) {
    const from = performance.now();
    await act();
    spent.push(performance.now() - from);
  }
  return spent.toSorted((a, b) => a - b)[5]!;
}

function pagesOf({ draftId, sendingId, storyId, readerId }: Filled): string[] {
  const site = ['/', '/issues', `/issues/issue-${sendingId}`, '/topics', '/topics/1', '/map', '/feed.xml', '/boards', '/boards/hype/3-days', '/boards/hype/month', '/boards/hype/year', '/boards/hype/all', '/boards/saved/all', '/boards/recent/all', `/stories/${storyId}`, '/deadlines', '/search?q=matter', '/sources', '/sources/1', '/subscribe']; // prettier-ignore
  const issue = [draftId, sendingId].flatMap((id) => [`/desk/issues/${id}`, `/desk/issues/${id}?story=${storyId}&pane=story`]); // prettier-ignore
  const rooms = ['inbox', 'sources', 'sources/1', `stories/${storyId}`, 'topics', 'readers', `readers/${readerId}`, 'figures', 'ranking', 'queues', 'curators', 'log', 'settings', 'sessions', 'talks', 'muted']; // prettier-ignore
  return [...site, '/desk', ...issue, ...rooms.map((room) => `/desk/${room}`)];
}

async function signIn({ db, now }: House) {
  const app = await buildApp(house, { rooms: ['web', 'admin'] });
  const curator = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: now(), minutes: 600 });
  let cookie = '';
  const keep = (answer: LightMyRequestResponse): LightMyRequestResponse => {
    cookie = String(answer.headers['set-cookie'] ?? cookie).split(';')[0]!;
    return answer;
  };
  // Each visitor is held to so many a minute.
  let asked = 0;
  const get = async (url: string) => keep(await app.inject({ url, headers: { cookie }, remoteAddress: `127.0.1.${1 + (Math.floor(asked++ / 100) % 250)}` })); // prettier-ignore
  const token = /name="_csrf" value="([^"]+)"/.exec((await get(link)).body)![1]!;
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  keep(
    await app.inject({ method: 'POST', url: link, headers, payload: new URLSearchParams({ _csrf: token }).toString() }),
  );
  return { app, get, cookie: () => cookie };
}

async function spentOnBarePage(ask: (url: string) => Promise<number>, body: string): Promise<number> {
  const bare = fastify();
  bare.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(body));
  const url = await bare.listen({ host: '127.0.0.1', port: 0 });
  await bare.inject('/');
  const ms = (await ask(`${url}/`)) / served;
  await bare.close();
  return ms;
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
