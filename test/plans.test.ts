// At full size no page and no step of sending reads a large table from end to end; the planner itself is asked, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../core/config.ts';
import { openDatabase, sql, type Database } from '../core/db.ts';
import type { House } from '../core/house.ts';
import { openLog } from '../core/log.ts';
import { allBoards, countBoard, type Board } from '../core/store/boards.ts';
import { bestSegments } from '../core/store/best-segments.ts';
import { addCurator } from '../core/store/curators.ts';
import { hasUnranked, planDeliveries, suppressStopped } from '../core/store/deliveries.ts';
import { expireLeases, leaseDeliveries, renewLeases } from '../core/store/delivery-leases.ts';
import { markDeliveries } from '../core/store/delivery-marks.ts';
import { unrankedReaders } from '../core/store/picks.ts';
import { leaseDueSources } from '../core/store/source-leases.ts';
import { hasItemsWithoutStory } from '../core/store/stories.ts';
import { analyseChanged } from '../core/store/table-statistics.ts';
import { createSignInLink } from '../core/desk/sign-in-link.ts';
import { buildApp } from '../services/app.ts';
import { emptyDatabaseDump } from './empty-database.ts';
import { fillTables, type Filled, type Sizes } from './full-tables.ts';
import { recordPlans, rowsVisited, wholeTables } from './record-plans.ts';
import { openBrowser } from './services/admin/open-desk.ts';
import { postgresServer, type TestServer } from './servers.ts';

/** Pages of 8 KB. Smaller tables may be read whole: that takes some milliseconds, and the planner is right to do it. */
const largePages = 300;
const now = new Date();
const never = new AbortController().signal;
const contentHash = (issueId: number): string => `hash-${issueId}`;
const all = { limit: 20, stop: never, now, before: now };

interface Step {
  name: string;
  act: (db: Database, filled: Filled) => Promise<unknown>;
  /** Tables it reads whole by its nature, and why that may be. */
  mayRead?: string[];
}

const steps: Step[] = [
  { name: 'planning letters', act: (db, { sendingId: issueId }) => planDeliveries(db, { ...all, issueId, contentHash: contentHash(issueId) }) },
  { name: 'suppressing letters', act: (db, { sendingId: issueId }) => suppressStopped(db, { issueId, now }) },
  { name: 'leases that run out', act: (db, { sendingId: issueId }) => expireLeases(db, { issueId }) },
  { name: 'taking twenty letters and settling them', act: sendTwenty },
  // Once before a run: whether every reader has picks cannot be told without the readers.
  { name: 'whether all are ranked', mayRead: ['readers', 'picks'], act: (db, { sendingId: issueId }) => hasUnranked(db, { ...all, issueId, contentHash: contentHash(issueId) }) },
  { name: 'the next readers to rank', act: (db, { sendingId: issueId, storyId }) => unrankedReaders(db, { issueId, contentHash: 'new', storyIds: [storyId], shard: 1, afterId: 6000, limit: 500 }) },
  { name: 'parts of talks', act: talks },
  // A job, every ten minutes.
  { name: 'the board of a week', mayRead: ['story_items'], act: (db) => countBoard(db, boardOf('hype'), now) },
  { name: 'the board of what was saved in a week', mayRead: ['story_items'], act: (db) => countBoard(db, boardOf('saved'), now) },
  { name: 'items without a story', act: (db) => hasItemsWithoutStory(db, { model: 'm', since: new Date(now.getTime() - 14 * 86_400_000) }) },
  { name: 'sources that are due', act: (db) => leaseDueSources(db, { now, limit: 20, busyHosts: [] }) },
]; // prettier-ignore

function boardOf(wanted: Board['name']): Board {
  return allBoards.find(({ name, span }) => name === wanted && span.key === 'week')!;
}

function talks(db: Database, { storyId }: Filled): Promise<unknown> {
  return bestSegments(
    db,
    Array.from({ length: 300 }, (_, at) => storyId - at),
  );
}

async function sendTwenty(db: Database, { sendingId: issueId }: Filled): Promise<void> {
  const letters = await leaseDeliveries(db, { ...all, holder: 'me', issueId, contentHash: contentHash(issueId) });
  expect(letters).toHaveLength(20);
  const attempt = { outcome: 'submitted', reply: '250 ok' } as const;
  await renewLeases(db, { issueId, holder: 'me' });
  const marking = { issueId, now, holder: 'me' };
  await markDeliveries(db, { ...marking, tried: [], begins: letters.map(({ id }) => id) });
  const tried = letters.map(({ id, attempts, firstTriedAt }) => ({
    id,
    attempts,
    firstTriedAt,
    attempt,
    messageId: '<m>',
    storyIds: [1, 2],
  }));
  await markDeliveries(db, { ...marking, tried, begins: [] });
}

const pages = ['/', '/issues', '/topics', '/topics/1', '/map', '/feed.xml', '/boards', '/boards/hype/year', '/boards/saved/all', '/boards/recent/all', '/deadlines', '/search?q=words+matter', '/desk', '/desk/topics']; // prettier-ignore
const pagesOf = ({ draftId, sendingId, storyId }: Filled): string[] => [...pages, `/issues/issue-${sendingId}`, `/stories/${storyId}`, `/desk/issues/${draftId}`, `/desk/issues/${sendingId}`, `/desk/stories/${storyId}`]; // prettier-ignore

/** What a planner in the dark does is asked for below; a busy machine gives autovacuum the time to tell it before. */
async function leaveUnanalysed(db: Database): Promise<void> {
  await db.run(sql`
    do $$ declare name text; begin
      for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
        execute format('alter table %I set (autovacuum_enabled = false)', name);
      end loop;
    end $$`);
}

/** A million deliveries where a server fills them in seconds; the embedded database gets a fifth of everything. */
const places: { name: string; sizes: Sizes; isServer: boolean }[] = [
  { name: 'PostgreSQL', sizes: { items: 50_000, issues: 200, readers: 50_000 }, isServer: true },
  { name: 'the embedded database', sizes: { items: 10_000, issues: 100, readers: 10_000 }, isServer: false },
];

describe.each(places)('on $name', ({ sizes, isServer }) => {
  let server: TestServer | undefined;
  let db: Database;
  let filled: Filled;
  let isLarge: Set<string>;
  /** For the talks of a draft, while the planner knows nothing of the tables. */
  let visitedBlind: number;
  /** The same, for planning once more the letters of an issue that are all planned. */
  let visitedPlanning: number;

  beforeAll(async () => {
    server = isServer ? await postgresServer() : undefined;
    if (isServer && !server) return;
    db = await openDatabase(server ? { url: server.url } : { dump: emptyDatabaseDump() });
    await leaveUnanalysed(db);
    filled = await fillTables(db, sizes, now);
    visitedBlind = await visitedFor(talks);
    visitedPlanning = await visitedFor(steps[0]!.act);
    await analyseChanged(db, { vacuum: true });
    const rows = await db.rows<{ name: string }>(sql`
      select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'public' and relkind = 'r' and relpages > ${largePages}`);
    isLarge = new Set(rows.map(({ name }) => name));
  });
  afterAll(async () => {
    await db?.close();
    await server?.stop();
  });

  async function visitedFor(act: (recorded: Database, known: Filled) => Promise<unknown>): Promise<number> {
    const { db: recorded, seen } = recordPlans(db, { analyze: true });
    await act(recorded, filled);
    return seen.reduce((sum, { plan }) => sum + rowsVisited(plan), 0);
  }

  test('a planner that knows nothing of the tables reads little for the talks of a draft', () => {
    if (!db) return;
    // One reading of stories and of their items; joined by a planner in the dark the vectors were millions.
    expect(visitedBlind).toBeGreaterThan(100);
    expect(visitedBlind).toBeLessThan(100_000);
  });

  test('and to plan letters again reads each reader and each letter once, not all letters for each bite', () => {
    if (!db) return;
    expect(visitedPlanning).toBeGreaterThan(sizes.readers);
    // Each of them passes three steps of a plan; with all letters for each of ten bites it was eleven times the readers.
    expect(visitedPlanning).toBeLessThan(3.5 * sizes.readers);
  });

  const largeTablesReadBy = async (act: (recorded: Database) => Promise<unknown>): Promise<string[]> => {
    const { db: recorded, seen } = recordPlans(db);
    await act(recorded);
    return seen.flatMap(({ text, plan }) =>
      wholeTables(plan)
        .filter((table) => isLarge.has(table))
        .map((table) => `${table}: ${text.trim().replace(/\s+/g, ' ')}`),
    );
  };

  test.each(steps)('$name reads no large table whole', async ({ act, mayRead = [] }) => {
    if (!db) return;
    const read = await largeTablesReadBy((recorded) => act(recorded, filled));
    expect(read.filter((line) => !mayRead.includes(line.split(':')[0]!))).toEqual([]);
  });

  test('no page reads a large table whole', async () => {
    if (!db) return;
    const read = await largeTablesReadBy(async (recorded) => {
      const config = parseConfig({ PUBLIC_URL: 'http://courant.test', LOG_LEVEL: 'error' });
      const house = { config, log: openLog(config), db: recorded, queue: undefined as never, now: () => now } satisfies House; // prettier-ignore
      const app = await buildApp(house, { rooms: ['web', 'admin'] });
      const curator = await addCurator(db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
      const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now, minutes: 15 });
      const browser = openBrowser(app);
      await browser.sendFrom(link, link);
      for (const url of pagesOf(filled)) expect([url, (await browser.get(url)).statusCode]).toEqual([url, 200]);
      await app.close();
    });
    expect(read).toEqual([]);
  });
});
