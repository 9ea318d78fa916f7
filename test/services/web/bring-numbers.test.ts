// Papers that a reader brings by number and that are not here: asked of arXiv (a server on loopback), stored as background, and
// counting by their words, whatever fails on the way.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { unrankedReaders } from '../../../core/store/picks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

let server: Server;
let host: string;
let open: TestApp;
let own: string;
/** The numbers of each request. */
let asked: string[][];
let askedDois: string[];
let agents: (string | undefined)[];
let respondToDoi: (doi: string, response: ServerResponse) => void;
let respond: (numbers: string[], response: ServerResponse) => void;

const entry = (number: string, title = `On the matter ${number}`): string => `
  <entry><id>http://arxiv.org/abs/${number}v2</id><title>${title}</title><summary>We weave cloth with looms of ${number}.</summary>
  <published>2026-11-19T00:00:00Z</published><updated>2026-11-19T00:00:00Z</updated><author><name>Ada L.</name></author></entry>`;
const feed = (entries: string): string => `<?xml version="1.0" encoding="UTF-8"?>
  <feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>query</title>${entries}</feed>`;
const refusal = feed(
  '<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format</summary></entry>',
);

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url!, 'http://x');
    if (pathname.startsWith('/works/')) {
      const doi = decodeURIComponent(pathname.slice('/works/'.length));
      askedDois.push(doi);
      agents.push(request.headers['user-agent']);
      return respondToDoi(doi, response);
    }
    const numbers = query.get('id_list')!.split(',');
    asked.push(numbers);
    // Ten is what arXiv gives when nobody says how many.
    respond(numbers.slice(0, Number(query.get('max_results') ?? 10)), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const lookedUpAt = () => ({
  ARXIV_API_URL: `http://${host}/api/query`,
  CROSSREF_API_URL: `http://${host}/works`,
  MAIL_FROM: 'The Weekly <news@weekly.example>',
  ALLOW_ADDRESSES: host,
});

beforeEach(async () => {
  [asked, askedDois, agents] = [[], [], []];
  respondToDoi = (_doi, response) => response.writeHead(404).end();
  respond = (numbers, response) => response.end(feed(numbers.map((number) => entry(number)).join('')));
  open = await openApp(lookedUpAt());
  await seedSentIssue(open.db);
  await addReaders(open.db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'x', at: testNow }); // prettier-ignore
  own = `/preferences/${(await open.db.row<{ token: string }>(sql`select token from readers`))!.token}`;
});

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&');
async function bring(text: string): Promise<string> {
  const { body } = await open.app.inject(post(`${own}/bring`, { text }));
  const work = [...body.matchAll(/type="checkbox" name="work" value="([^"]*)"/g)].map(([, value]) => unescaped(value!));
  await open.app.inject(post(`${own}/bring/take`, { work }));
  return body;
}
const fetchPapers = () => ingestHandlers(open.house)['papers.fetch']!({}, new AbortController().signal);
async function counting(): Promise<{ title: string; text: string }[]> {
  const content = { issueId: 1, contentHash: 'other', storyIds: [], afterId: 0, limit: 1 };
  return (await unrankedReaders(open.db, content))[0]!.brought!.map(({ title, text }) => ({ title, text }));
}
const page = async () => (await open.app.inject(own)).body;

test('numbers are shown, asked for together, and count by their words as background that no page tells of', async () => {
  const body = await bring('2401.00001\n2401.00002v3\nhttps://looms.example/cloth');
  expect(body).toContain('arXiv:2401.00001');
  expect(body).toContain('1 number without a title could not be found here: looms.example/cloth.');
  expect(await open.enqueued()).toContain('papers.fetch {}');
  expect(await counting()).toEqual([]);
  expect(await page()).toContain('waiting for an answer of arXiv');
  await fetchPapers();
  expect(asked).toEqual([['2401.00001', '2401.00002']]);
  expect(await counting()).toEqual(
    ['2401.00002', '2401.00001'].map((number) => ({
      title: `On the matter ${number}`,
      text: `We weave cloth with looms of ${number}.`,
    })),
  );
  expect(await open.db.rows(sql`select distinct is_background, muted, status from items join sources on sources.id = source_id where 'arxiv:2401.00001' = any(keys)`)) // prettier-ignore
    .toEqual([{ isBackground: true, muted: true, status: 'paused' }]);
  expect((await open.app.inject('/sources')).body).not.toContain('Papers that readers brought');
  await fetchPapers();
  expect(asked).toHaveLength(1);
});

test('an entry of a bibliography that is not here counts by its title at once, and by its abstract once arXiv gave it', async () => {
  await bring('@article{a, title={Looms and cloth}, eprint={2401.00003}, archiveprefix={arXiv}}');
  expect(await counting()).toEqual([{ title: 'Looms and cloth', text: '' }]);
  await fetchPapers();
  expect(await counting()).toEqual([
    { title: 'On the matter 2401.00003', text: 'We weave cloth with looms of 2401.00003.' },
  ]);
});

test('what arXiv does not know stays by its number, is not asked again, and can be taken back', async () => {
  respond = (_numbers, response) => response.end(feed(entry('2401.00001')));
  await bring('2401.00001\n2401.99999');
  await fetchPapers();
  await fetchPapers();
  expect(asked).toHaveLength(1);
  expect((await counting()).map(({ title }) => title)).toEqual(['On the matter 2401.00001']);
  expect(await page()).toContain('arXiv does not know it');
  const { id } = (await open.db.row<{ id: number }>(sql`select id from brought_works where key is not null`))!;
  await open.app.inject(post(`${own}/bring/take-back`, { id: String(id) }));
  await fetchPapers();
  expect(await open.db.rows(sql`select key from wanted_papers`)).toEqual([]);
});

test('one that arXiv refuses holds back no other', async () => {
  respond = (numbers, response) =>
    response.end(numbers.includes('2401.00002') ? refusal : feed(numbers.map((number) => entry(number)).join('')));
  await bring('2401.00001\n2401.00002\n2401.00003');
  await fetchPapers();
  expect(asked).toEqual([['2401.00001', '2401.00002', '2401.00003'], ['2401.00001'], ['2401.00002'], ['2401.00003']]);
  expect((await counting()).map(({ title }) => title)).toEqual([
    'On the matter 2401.00003',
    'On the matter 2401.00001',
  ]);
});

test('while arXiv is down it is asked again an hour later, and what arrived meanwhile needs no asking', async () => {
  respond = (_numbers, response) => response.writeHead(503).end();
  await bring('2401.00001\n2401.00002');
  await fetchPapers();
  await fetchPapers();
  expect(asked).toHaveLength(1);
  // A source brings one of them, and it is a story.
  await open.db.run(sql`update items set keys = keys || '{arxiv:2401.00002}' where id = 1`);
  open.clock.now = new Date(testNow.getTime() + 61 * 60_000);
  respond = (numbers, response) => response.end(feed(numbers.map((number) => entry(number)).join('')));
  await fetchPapers();
  expect(asked.slice(1)).toEqual([['2401.00001']]);
  expect((await counting()).map(({ title }) => title)).toEqual(['On the matter 2401.00001']);
  expect(await open.db.rows(sql`select story_id, kind from signals`)).toEqual([{ storyId: 1, kind: 'like' }]);
});

test('two papers of one title, and one that is kept already, are kept once; a number nobody was offered is refused', async () => {
  respond = (numbers, response) =>
    response.end(feed(numbers.map((number) => entry(number, 'The same title')).join('')));
  await bring('2401.00001\n2401.00002');
  await fetchPapers();
  await bring('2401.00003');
  await fetchPapers();
  expect((await counting()).map(({ title }) => title)).toEqual(['The same title']);
  for (const key of ['arxiv:../x', 'arxiv:1&id_list=2', 'doi:../x', 'doi:10.1000/a b', 'doi:10.1000/A', 7]) {
    const work = JSON.stringify({ title: 'x', text: '', key });
    expect((await open.app.inject(post(`${own}/bring/take`, { work }))).statusCode).toBe(400);
  }
});

test('a title that is no more than what cannot be stored is no work', async () => {
  for (const title of ['\0', '\0\0']) {
    const work = JSON.stringify({ title, text: '' });
    expect((await open.app.inject(post(`${own}/bring/take`, { work }))).statusCode).toBe(400);
  }
});

test('a reader asks for a hundred numbers a day, whatever they take back, and what arXiv did not know is asked for once more', async () => {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => `2402.${String(from + at).padStart(5, '0')}`).join('\n'); // prettier-ignore
  const kept = async () => (await open.db.rows(sql`select id from brought_works`)).length;
  await bring(numbers(0, 50));
  await open.db.run(sql`delete from brought_works`);
  await bring(numbers(50, 40));
  await open.db.run(sql`delete from brought_works`);
  await bring(numbers(100, 30));
  expect(await kept()).toBe(10);
  open.clock.now = new Date(testNow.getTime() + 86_400_000);
  await bring(numbers(200, 30));
  expect(await kept()).toBe(40);

  await open.db.run(sql`delete from brought_works`);
  await open.db.run(sql`update wanted_papers set next_at = null, tries = 5 where key = 'arxiv:2402.00001'`);
  await bring('2402.00001');
  expect(await open.db.row(sql`select tries, next_at from wanted_papers where key = 'arxiv:2402.00001'`)).toEqual({
    tries: 0,
    nextAt: new Date(testNow.getTime() + 2 * 86_400_000),
  });
});

const crossrefWork = (doi: string, more = {}) =>
  JSON.stringify({ status: 'ok', message: { DOI: doi.toUpperCase(), title: ['On &amp; of <i>looms</i>'], author: [{ given: 'Ada', family: 'L.' }, { name: 'The Weavers' }], published: { 'date-parts': [[2019, 6]] }, abstract: '<jats:title>Abstract</jats:title><jats:p>We weave <jats:italic>cloth</jats:italic>.</jats:p>', ...more } }); // prettier-ignore

test('a DOI is shown, asked of Crossref by name and contact, and counts by its words; one that it does not know stays by its number', async () => {
  respondToDoi = (doi, response) =>
    doi === '10.1000/182' ? response.end(crossrefWork(doi)) : response.writeHead(404).end('Resource not found.');
  const body = await bring('10.1000/182\nhttps://doi.org/10.1000/none\n2401.00001');
  expect(body).toContain('doi:10.1000/182');
  expect(body).not.toContain('could not be found');
  expect(await page()).toContain('waiting for an answer of Crossref');
  await fetchPapers();
  expect([asked, askedDois]).toEqual([[['2401.00001']], ['10.1000/182', '10.1000/none']]);
  expect(agents[0]).toBe('Courant/0.1 (http://courant.test; mailto:news@weekly.example)');
  expect(await counting()).toContainEqual({ title: 'On & of looms', text: 'We weave cloth.' });
  const stored = sql`
    select items.url, authors, published_at, is_background, muted, status
    from items join sources on sources.id = source_id where 'doi:10.1000/182' = any(keys)`;
  expect(await open.db.rows(stored)).toEqual([
    {
      url: 'https://doi.org/10.1000/182',
      authors: ['Ada L.', 'The Weavers'],
      publishedAt: new Date('2019-06-01'),
      isBackground: true,
      muted: true,
      status: 'paused',
    },
  ]);
  expect(await page()).toContain('Crossref does not know it');
  await fetchPapers();
  expect(askedDois).toHaveLength(2);
});

test('of a bibliography only what has no abstract is asked for by its DOI, and what is above the limit of a day keeps its title', async () => {
  respondToDoi = (doi, response) => response.end(crossrefWork(doi, { title: ['Cloth by DOI'] }));
  await bring(`
    @article{a, title={Looms}, doi={10.1000/a}}
    @article{b, title={Cloth}, abstract={Of cloth.}, doi={10.1000/b}}`);
  await fetchPapers();
  expect(askedDois).toEqual(['10.1000/a']);
  expect(await counting()).toEqual([
    { title: 'Cloth', text: 'Of cloth.' },
    { title: 'Cloth by DOI', text: 'We weave cloth.' },
  ]);
  await open.db.run(sql`update asked_numbers set count = 100`);
  await bring('@article{c, title={Yarn}, doi={10.1000/c}}');
  await fetchPapers();
  expect(askedDois).toEqual(['10.1000/a']);
  expect((await counting()).map(({ title }) => title)).toContain('Yarn');
});

test('while Crossref is down it is asked again an hour later, and what it says amiss costs no other', async () => {
  respondToDoi = (doi, response) =>
    doi.endsWith('a') ? response.writeHead(503).end() : response.end(doi.endsWith('b') ? '<html>' : crossrefWork(doi));
  await bring('10.1000/a\n10.1000/b\n10.1000/c');
  await fetchPapers();
  await fetchPapers();
  expect(askedDois).toEqual(['10.1000/a', '10.1000/b', '10.1000/c']);
  expect((await counting()).map(({ title }) => title)).toEqual(['On & of looms']);
  open.clock.now = new Date(testNow.getTime() + 61 * 60_000);
  respondToDoi = (doi, response) => response.end(crossrefWork(doi, { title: ['Late'] }));
  await fetchPapers();
  expect(askedDois.slice(3)).toEqual(['10.1000/a']);
});

test('a year that no calendar has, and a DOI cut within a character, cost no paper and no other', async () => {
  respondToDoi = (doi, response) => {
    const more = doi.endsWith('a')
      ? { published: { 'date-parts': [[1e9, 1, 1]] } }
      : doi.endsWith('b')
        ? { DOI: '10.1000/b\ud800' }
        : { published: { 'date-parts': [[300_000]] } };
    response.end(crossrefWork(doi, { title: [`Of ${doi}`], ...more }));
  };
  await bring('10.1000/a\n10.1000/b\n10.1000/c');
  await fetchPapers();
  expect((await counting()).map(({ title }) => title).toSorted()).toEqual(['Of 10.1000/a', 'Of 10.1000/b', 'Of 10.1000/c']); // prettier-ignore
});

test('where nobody may be asked, numbers are told to be unknown, and nothing is asked', async () => {
  open = await openApp({ ...lookedUpAt(), LOOK_UP_PAPERS: 'no' });
  await seedSentIssue(open.db);
  await addReaders(open.db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'x', at: testNow }); // prettier-ignore
  own = `/preferences/${(await open.db.row<{ token: string }>(sql`select token from readers`))!.token}`;
  const body = await bring('2401.00001\n10.1000/182\n');
  expect(body).toContain('2 numbers (arXiv:2401.00001 and doi:10.1000/182) were not read here and came without titles');
  await bring('@article{c, title={Yarn}, doi={10.1000/c}}');
  await open.db.run(sql`insert into wanted_papers (key, next_at) values ('arxiv:2401.00001', ${testNow})`);
  await open.db.run(sql`update brought_works set key = 'arxiv:2401.00001'`);
  await fetchPapers();
  expect([asked, askedDois]).toEqual([[], []]);
});
