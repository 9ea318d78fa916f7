// A reader's own page: weights, names, how much and when, what was saved; each change with its way back.
import { beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { weighedInterests } from '../../../core/store/interests.ts';
import { addReaders, readerById } from '../../../core/store/readers.ts';
import { listRules } from '../../../core/store/rules.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

let open: TestApp;
let token: string;
const own = (path = ''): string => `/preferences/${token}${path}`;
const send = (path: string, fields: Record<string, string | string[]> = {}) => open.app.inject(post(own(path), fields));
const body = async (url: string): Promise<string> => (await open.app.inject(url)).body;

beforeEach(async () => {
  open = await openApp({ TIMEZONE: 'Europe/Berlin' });
  await seedSentIssue(open.db);
  await addReaders(open.db, {
    readers: [{ email: 'ada@readers.example', interests: ['attention', 'knitting'], length: 8 }],
    wording: 'test',
    at: testNow,
  });
  ({ token } = (await open.db.row<{ token: string }>(sql`select token from readers`))!);
});

/** Presses the button that the page offers after a change. */
async function undo(location: string): Promise<void> {
  const [form] = /<form method="post" action="[^"]+">[^]*?Undo/.exec(await body(location))!;
  const fields: Record<string, string[]> = {};
  for (const [, name, value] of form.matchAll(/name="([^"]+)" value="([^"]*)"/g)) (fields[name!] ??= []).push(value!);
  await open.app.inject(post(/action="([^"]+)"/.exec(form)![1]!, fields));
}

test('says of each interest what this week has, and what one would get', async () => {
  const page = await body(own());
  // One has the word, the other stands in the topic of that name.
  expect(page).toContain('2 stories this week');
  expect(page).toContain('nothing this week');
  expect(page).toContain('because you follow attention');
  expect(page).toContain('The next letter, on Sat 21 Nov 2026'.replace('The', 'the'));
});

test('that there is no answer yet stands below what it would be an answer to', async () => {
  expect(await body(own())).toMatch(/<h3>What we think you like, and why<\/h3>\s*<p [^>]*>Nothing yet: /);
});

test('weights are kept, and taken back as they were', async () => {
  const before = await weighedInterests(open.db, 1);
  const answer = await send('/interests/weights', { words: ['attention', 'knitting', 'none of mine'], weight: ['30', '100', '50'] }); // prettier-ignore
  expect(await weighedInterests(open.db, 1)).toEqual([
    { words: 'attention', weight: 30 },
    { words: 'knitting', weight: 100 },
  ]);
  await undo(answer.headers.location!);
  expect(await weighedInterests(open.db, 1)).toEqual(before);
});

test.each([[['9']], [['101']], [['x']], [['50', '60']]])(
  'a weight of %j is refused, and changes nothing',
  async (weight) => {
    const before = await weighedInterests(open.db, 1);
    expect((await send('/interests/weights', { words: 'attention', weight })).statusCode).toBe(400);
    expect(await weighedInterests(open.db, 1)).toEqual(before);
  },
);

test('a removed interest comes back with the weight it had', async () => {
  await send('/interests/weights', { words: 'knitting', weight: '40' });
  const removed = await send('/interests/remove', { words: 'knitting' });
  await undo(removed.headers.location!);
  expect(await weighedInterests(open.db, 1)).toContainEqual({ words: 'knitting', weight: 40 });
});

test('a name that is a source is followed or muted as one, any other as an author', async () => {
  await send('/voices', { effect: 'never', name: ' evil  <b>blog</b> ' });
  await send('/voices', { effect: 'always', name: 'Ada L.' });
  expect((await listRules(open.db, 1)).map(({ effect, field, words }) => [effect, field, words])).toEqual([
    ['never', 'source', 'evil <b>blog</b>'],
    ['always', 'author', 'Ada L.'],
  ]);
  const page = await body(own());
  expect(page).toContain('source, muted');
  expect(page).toContain('Together, your rules would have kept away 1 and put first 1 of 3 stories.');
  expect((await send('/voices', { effect: 'only', name: 'Ada' })).statusCode).toBe(400);
  // Kept, since somebody of that name may publish tomorrow, and told.
  for (const [name, said] of [['Nobody Atall', 'voicedUnknown'], ['Ada Nobody', 'voicedUnknown'], ['Ada L.', 'voiced'], ['Talks', 'voiced']] as const) // prettier-ignore
    expect([name, (await send('/voices', { effect: 'always', name })).headers.location]).toEqual([name, expect.stringMatching(new RegExp(`said=${said}$`))]); // prettier-ignore
  expect(await body(`${own()}?said=voicedUnknown`)).toContain('We know nobody of that name yet');
  expect((await listRules(open.db, 1)).map(({ words }) => words)).toContain('Nobody Atall');
  expect((await send('/voices', { effect: 'never', name: '***' })).statusCode).toBe(400);
});

test('how often, how long and where are set together or alone, and taken back', async () => {
  const answer = await send('/amount', { everyIssues: '2', length: '20', timezone: 'Asia/Kolkata' });
  expect(await readerById(open.db, 1)).toMatchObject({ everyIssues: 2, length: 20, timezone: 'Asia/Kolkata' });
  await undo(answer.headers.location!);
  expect(await readerById(open.db, 1)).toMatchObject({ everyIssues: 1, length: 8, timezone: null });
  await send('/amount', { length: '5' });
  expect(await readerById(open.db, 1)).toMatchObject({ everyIssues: 1, length: 5 });
  for (const wrong of [{ everyIssues: '3' }, { everyIssues: '' }, { timezone: 'Mars/Olympus' }, { timezone: '+02:00' }])
    expect([wrong, (await send('/amount', wrong)).statusCode]).toEqual([wrong, 400]);
});

test('a pause ends by itself at the beginning of its day in the zone of the reader', async () => {
  await send('/amount', { timezone: 'Asia/Kolkata' });
  await send('/pause', { until: '2026-12-24' });
  expect(await readerById(open.db, 1)).toMatchObject({
    status: 'paused',
    pausedUntil: new Date('2026-12-23T18:30:00Z'),
  });
  expect(await body(own())).toContain('mail comes again from Thu 24 Dec 2026');
  open.clock.now = new Date('2026-12-23T18:29:00Z');
  await open.mail();
  expect((await readerById(open.db, 1))!.status).toBe('paused');
  open.clock.now = new Date('2026-12-23T18:31:00Z');
  await open.mail();
  expect(await readerById(open.db, 1)).toMatchObject({ status: 'active', pausedUntil: null });
});

test('who resumes early, or leaves, is not resumed by the day', async () => {
  await send('/pause', { until: '2026-12-24' });
  await send('/resume');
  expect(await readerById(open.db, 1)).toMatchObject({ status: 'active', pausedUntil: null });
  await send('/pause', { until: '2026-12-24' });
  await open.app.inject(post(`/unsubscribe/${token}`));
  open.clock.now = new Date('2026-12-25T12:00:00Z');
  await open.mail();
  expect((await readerById(open.db, 1))!.status).toBe('unsubscribed');
});

test.each(['2026-11-20', '2020-01-01', '2028-01-01', '2026-02-30', 'soon'])('no pause until %s', async (until) => {
  expect((await send('/pause', { until })).statusCode).toBe(400);
  expect((await readerById(open.db, 1))!.status).toBe('active');
});

test('what was saved is listed and goes along as BibTeX, RIS and a feed', async () => {
  await open.db.run(
    sql`update items set keys = '{arxiv:2611.00001,doi:10.48550/arxiv.2611.00001}', title = 'Attention & 50% of {it}' where id = 1`,
  );
  for (const story of [1, 2]) await open.app.inject(post(`/signal/${token}/${story}/save`));
  const bib = await open.app.inject(own('/saved.bib'));
  expect(bib.headers['content-disposition']).toContain('saved.bib');
  expect(bib.body).toContain('@article{l2026attention,');
  expect(bib.body).toContain('title = {{Attention \\& 50\\% of \\textbraceleft{}it\\textbraceright{}}}');
  expect(bib.body).toContain('eprint = {2611.00001}');
  expect(bib.body).toContain('@misc{');
  const ris = await body(own('/saved.ris'));
  expect(ris).toContain('TY  - JOUR\r\nTI  - Attention & 50% of {it}\r\nAU  - L., Ada\r\nPY  - 2026');
  expect(ris.match(/^ER  - \r$/gm)).toHaveLength(2);
  await send('/feed');
  const { feedToken } = (await open.db.row<{ feedToken: string }>(sql`select feed_token from readers`))!;
  const feed = await open.app.inject(`/private/${feedToken}/saved.xml`);
  expect(feed.headers['content-type']).toContain('application/atom+xml');
  expect([feed.body.match(/<entry>/g)?.length, feed.body.includes('javascript:')]).toEqual([2, false]);
  expect(await body(own())).toContain('saved Fri 20 Nov 2026');
});
