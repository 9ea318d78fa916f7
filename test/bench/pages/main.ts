// What each page costs at full size: CPU of node and database together, beside a bare page of the same length.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fastify, { type LightMyRequestResponse } from 'fastify';
import { parseConfig } from '../../../core/config.ts';
import { openHouse, type House } from '../../../core/house.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { createSignInLink } from '../../../core/sign-in-link.ts';
import { buildApp } from '../../../services/app.ts';
import { upkeepHandlers } from '../../../workers/upkeep/handlers.ts';
import { fillTables, type Filled } from '../../full-tables.ts';
import { postgresServer } from '../../servers.ts';
import { openCpuClock, type CpuClock } from './cpu-clock.ts';
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

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const server = values.database === 'postgres' ? await postgresServer() : undefined;
const directory = mkdtempSync(join(tmpdir(), 'courant-bench-pages-'));
const house = await openHouse(
  parseConfig({
    DATA_DIR: directory,
    DATABASE_URL: server?.url,
    LOG_LEVEL: 'error',
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

async function measure(filled: Filled): Promise<void> {
  const clock = await openCpuClock(house.db, values.database === 'postgres');
  const get = await signIn(house);
  const figures: Record<string, PageFigures> = {};
  for (const url of pagesOf(filled)) {
    const first = await clock.spent(1, () => get(url));
    const { statusCode, rawPayload } = await get(url);
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    const ms = await clock.spent(Number(values.requests), () => get(url));
    const bare = await spentOnBarePage(clock, rawPayload.toString('latin1'));
    const medianMs = await medianWall(() => get(url));
    const controls = countControls(rawPayload.toString());
    figures[url] = { ms: round(ms), medianMs: round(medianMs), vsBare: bare / ms, bytes: rawPayload.length, firstMs: round(first), controls }; // prettier-ignore
    say(`${url.padEnd(28)} ${ms.toFixed(1).padStart(7)} ms of CPU, ${(ms / bare).toFixed(0).padStart(4)} x bare, first ${first.toFixed(0)} ms, ${(rawPayload.length / 1024).toFixed(0)} KB`); // prettier-ignore
  }
  say(JSON.stringify({ bench: 'pages', database: values.database, ...worstOf(figures), pages: figures }));
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

function pagesOf({ draftId, sendingId, storyId }: Filled): string[] {
  return ['/', '/issues', `/issues/issue-${sendingId}`, '/topics', '/topics/1', '/map', '/feed.xml', '/boards', '/boards/3-days', '/boards/month', '/boards/year', `/stories/${storyId}`, '/deadlines', '/search?q=matter', '/sources', '/sources/1', '/desk', `/desk/issues/${draftId}`, `/desk/issues/${sendingId}`, `/desk/stories/${storyId}`, '/desk/topics', '/desk/ranking']; // prettier-ignore
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
  const get = async (url: string) => keep(await app.inject({ url, headers: { cookie } }));
  const token = /name="_csrf" value="([^"]+)"/.exec((await get(link)).body)![1]!;
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  keep(
    await app.inject({ method: 'POST', url: link, headers, payload: new URLSearchParams({ _csrf: token }).toString() }),
  );
  return get;
}

async function spentOnBarePage(clock: CpuClock, body: string): Promise<number> {
  const bare = fastify();
  bare.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(body));
  await bare.inject('/');
  const ms = await clock.spent(500, () => bare.inject('/'));
  await bare.close();
  return ms;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
