// An arXiv list through its days: announced, replaced, weekend, missed and caught up; the real check against a loopback arXiv.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../../core/config.ts';
import { sql, type Database } from '../../../../core/db.ts';
import type { House } from '../../../../core/house.ts';
import { addSources, askCatchUp, sourceById } from '../../../../core/store/sources.ts';
import { ingestHandlers } from '../../../../workers/ingest/handlers.ts';
import { testDatabase } from '../../../database.ts';

let server: Server;
let origin: string;
let db: Database;
let house: House;
let now: Date;
let asked: string[];
/** What each path answers; a list answers one after the other. */
let answers: Record<string, string[]>;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!.split('?')[0]!]?.shift();
    if (answer === '503') return void response.writeHead(503, { 'retry-after': '0' }).end();
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(async () => {
  db = await testDatabase();
  [asked, answers, now] = [[], {}, new Date('2026-11-16T06:00:00Z')];
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const config = parseConfig({ ALLOW_ADDRESSES: new URL(origin).host });
  house = { config, db, log: silent, queue, now: () => now };
});

async function check(): Promise<void> {
  await ingestHandlers(house)['source.check']!({ sourceId: 1 }, new AbortController().signal);
}

const addList = () =>
  addSources(db, [
    { kind: 'arxiv', title: 'Lists', url: `${origin}/rss/cs.CL+cs.LG`, options: { oaiUrl: `${origin}/oai` } },
  ]);
const list = (...items: string[]) =>
  `<rss version="2.0"><channel><title>Lists</title>${items.join('')}</channel></rss>`;
const announced = (id: string, type: string, abstract = 'What it says.') =>
  `<item><title>Paper ${id.slice(0, 10)}</title><guid>oai:arXiv.org:${id}</guid>
  <description>arXiv:${id} Announce Type: ${type} Abstract: ${abstract}</description></item>`;
const record = (id: string, created: string, comments = '') =>
  `<record><metadata><arXiv><id>${id}</id><created>${created}</created><title>Paper ${id}</title><categories>cs.CL</categories>
  <comments>${comments}</comments><abstract>What it says.</abstract></arXiv></metadata></record>`;
const records = (token: string, ...all: string[]) =>
  `<OAI-PMH><ListRecords>${all.join('')}<resumptionToken>${token}</resumptionToken></ListRecords></OAI-PMH>`;
const nothing = '<OAI-PMH><error code="noRecordsMatch">nothing</error></OAI-PMH>';
const items = () =>
  db.rows<{ guid: string; version: number | null }>(sql`select guid, version from items order by guid`);

test('a replaced paper is updated, never a second item, and one that was never here is no news', async () => {
  await addList();
  answers['/rss/cs.CL+cs.LG'] = [
    list(announced('2611.00001v1', 'new'), announced('2611.00002v1', 'cross')),
    list(announced('2611.00001v2', 'replace', 'What it says now.'), announced('1901.00009v7', 'replace-cross')),
  ];
  await check();
  await check();
  expect(await items()).toEqual([
    { guid: '2611.00001', version: 2 },
    { guid: '2611.00002', version: 1 },
  ]);
  expect(await db.rows(sql`select version, text from item_history`)).toEqual([{ version: 1, text: 'What it says.' }]);
  expect(asked).toEqual(['/rss/cs.CL+cs.LG', '/rss/cs.CL+cs.LG']);
});

test('a weekend is quiet, and the next list makes it well again', async () => {
  await addList();
  answers['/rss/cs.CL+cs.LG'] = [
    list(announced('2611.00001v1', 'new')),
    list(),
    list(announced('2611.00003v1', 'new')),
  ];
  const health: string[] = [];
  for (let look = 0; look < 3; look++) {
    await check();
    health.push((await sourceById(db, 1))!.health);
  }
  expect(health).toEqual(['ok', 'quiet', 'ok']);
});

test('what was announced while nobody read is caught up page by page, old papers that were touched stay out', async () => {
  await addList();
  answers['/rss/cs.CL+cs.LG'] = [list(announced('2611.00001v1', 'new')), list(announced('2611.00005v1', 'new'))];
  await check();
  now = new Date('2026-11-20T06:00:00Z');
  answers['/oai'] = [
    records(
      'page 2|x',
      record('2611.00001', '2026-11-13', 'code: https://github.com/ada/net'),
      record('1901.00009', '2019-01-01'),
    ),
    '503',
    records('', record('2611.00004', '2026-11-17')),
    nothing,
  ];
  await check();
  expect((await sourceById(db, 1))!.lastError).toBeNull();
  expect(asked.slice(2)).toEqual([
    '/oai?verb=ListRecords&metadataPrefix=arXiv&set=cs%3Acs%3ACL&from=2026-11-15',
    '/oai?verb=ListRecords&resumptionToken=page+2%7Cx',
    '/oai?verb=ListRecords&resumptionToken=page+2%7Cx',
    '/oai?verb=ListRecords&metadataPrefix=arXiv&set=cs%3Acs%3ALG&from=2026-11-15',
  ]);
  expect((await items()).map(({ guid }) => guid)).toEqual(['2611.00001', '2611.00004', '2611.00005']);
  // What the list did not say is learned without a change.
  expect(await db.row(sql`select mentions, version from items where guid = '2611.00001'`)).toEqual({
    mentions: ['repo:github.com/ada/net'],
    version: 1,
  });
  expect(await db.rows(sql`select * from item_history`)).toEqual([]);
});

test('an operator has a list caught up from a day on, once', async () => {
  await addList();
  await askCatchUp(db, { ids: [1], from: '2026-11-10' });
  answers['/rss/cs.CL+cs.LG'] = [list(), list()];
  answers['/oai'] = [records('', record('2611.00004', '2026-11-12')), nothing];
  await check();
  await check();
  expect(asked.filter((url) => url.startsWith('/oai'))).toHaveLength(2);
  expect(asked[1]).toContain('from=2026-11-10');
  expect(await items()).toHaveLength(1);
});

test('records that turn in circles end with a word, and nothing is taken for read', async () => {
  await addList();
  await askCatchUp(db, { ids: [1], from: '2026-11-10' });
  answers['/rss/cs.CL+cs.LG'] = [list()];
  answers['/oai'] = Array.from({ length: 9 }, () => records('again'));
  await check();
  expect(await sourceById(db, 1)).toMatchObject({
    health: 'broken',
    lastSuccessAt: null,
    options: { catchUpFrom: '2026-11-10' },
  });
  expect((await sourceById(db, 1))!.lastError).toContain('turns in circles');
});

test('a paper by its number is read from the API, and read again for its next version', async () => {
  const entry = (version: number) => `<feed><entry><id>http://arxiv.org/abs/1706.03762v${version}</id>
    <title>Attention</title><summary>Heads.</summary><published>2017-06-12T00:00:00Z</published></entry></feed>`;
  answers['/api/query'] = [entry(5), entry(7)];
  await addSources(db, [{ kind: 'arxiv', title: 'One', url: `${origin}/api/query?id_list=1706.03762&max_results=1` }]);
  await check();
  await check();
  expect(await items()).toEqual([{ guid: '1706.03762', version: 7 }]);
  expect((await sourceById(db, 1))!.health).toBe('ok');
});
