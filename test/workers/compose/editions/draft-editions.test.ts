// Machine drafts of editions, from a real endpoint on this machine: both protocols, and all it may do wrong.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../../core/config.ts';
import { sql, type Database } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import type { House } from '../../../../core/house.ts';
import { openLog } from '../../../../core/log.ts';
import { editionFailures, editionRows, setEditionText } from '../../../../core/store/edition-texts.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { createDrafting } from '../../../../workers/compose/editions/draft-editions.ts';
import { createTranslator } from '../../../../workers/compose/editions/translator.ts';
import { testDatabase } from '../../../database.ts';
import { markSent, seedIssue } from '../../../services/seed-issue.ts';
import { inGerman, startTranslationServer, type TranslationServer } from './translation-server.ts';

const stop = new AbortController().signal;
let server: TranslationServer;
let db: Database;

beforeAll(async () => void (server = await startTranslationServer()));
afterAll(() => server.close());
beforeEach(() => {
  server.asked.splice(0);
  Object.assign(server.behave, { say: inGerman, instead: undefined });
});

async function openIssue(environment: Record<string, string> = {}, timeoutMs = 5_000) {
  db = await testDatabase();
  const id = await seedIssue(db);
  const enqueued: string[] = [];
  const clock = { now: new Date('2026-11-20T12:00:00Z') };
  const config = parseConfig({ EDITIONS: 'de', TRANSLATE_URL: `${server.url}/v1`, TRANSLATE_KEY: 'k3y', TRANSLATE_MODEL: 'tiny', LOG_LEVEL: 'silent', ...environment }); // prettier-ignore
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  const house: House = { config, db, queue, log: openLog(config), now: () => clock.now };
  const drafting = createDrafting(house, createTranslator(config, { timeoutMs }));
  return { house, id, enqueued, clock, draft: () => drafting(id, stop) };
}

const german = async (id: number) => (await loadIssueContent(db, id)).editions?.['de'];
const later = (clock: { now: Date }, minutes: number) =>
  void (clock.now = new Date(clock.now.getTime() + minutes * 60_000));

test.each([
  { name: 'an OpenAI-compatible endpoint', settings: {}, by: 'tiny', first: { path: '/v1/chat/completions', authorization: 'Bearer k3y', body: { model: 'tiny', temperature: 0 } } },
  { name: 'LibreTranslate', settings: { TRANSLATE_API: 'libretranslate' }, by: 'LibreTranslate', first: { path: '/translate', body: { source: 'en', target: 'de', format: 'text', api_key: 'k3y' } } },
])('$name drafts the opening and each story, under the hash of the content', async ({ settings, by, first }) => {
  const { id, draft, enqueued, house } = await openIssue({ ...settings, TRANSLATE_URL: first.path === '/translate' ? server.url : `${server.url}/v1` });
  const before = hashContent(await loadIssueContent(db, id));
  await draft();
  const texts = (await german(id))!;
  expect(Object.keys(texts)).toEqual(['0', '1', '2', '3']);
  expect(texts[1]).toEqual({ title: 'Deutsch: Attention pays', summary: 'Deutsch: We attend. It pays.', by: 'machine', name: by });
  expect(texts[0]).toMatchObject({ intro: 'Deutsch: First paragraph.\n\nSecond <i>paragraph</i>.' });
  expect(hashContent(await loadIssueContent(db, id))).not.toBe(before);
  expect(enqueued).toEqual(['issue.rank']);
  expect(server.asked[0]).toMatchObject(first);
  const count = server.asked.length;
  await draft();
  await createDrafting(house)(id, stop);
  expect(server.asked).toHaveLength(count);
}); // prettier-ignore

test('titles of papers in the opening and quotes are not sent; numbers that were lost leave a section out, said so', async () => {
  const { id, draft } = await openIssue();
  await db.run(sql`update issues set intro = 'See “Attention pays” and Attention pays, 2 of 3.' where id = ${id}`);
  await db.run(sql`update issue_stories set summary = '{"It wins by 3.5 points."}' where story_id = 3`);
  server.behave.say = (text) => inGerman(text).replaceAll('3.5', 'einige');
  await draft();
  expect(server.asked.flatMap(({ texts }) => texts)).toContain('See [[1]] and [[2]], 2 of 3.');
  expect((await german(id))![0]!.intro).toBe('Deutsch: See “Attention pays” and Attention pays, 2 of 3.');
  const refused = (await editionRows(db, id)).find(({ storyId }) => storyId === 3);
  expect(refused).toMatchObject({ words: null, refused: 'The summary lost the number 3.5.' });
  expect((await german(id))![3]).toBeUndefined();
  const count = server.asked.length;
  await draft();
  expect(server.asked).toHaveLength(count);
});

test('words that a curator changed are behind, and are drafted again; what a curator translated is left to them', async () => {
  const { id, draft } = await openIssue();
  await draft();
  await db.run(sql`update edition_texts set made_by = 'curator', made_name = 'Olga' where story_id = 3`);
  await db.run(sql`update issue_stories set note = 'Read this.' where story_id in (1, 3)`);
  expect(Object.keys((await german(id))!)).toEqual(['0', '2']);
  server.asked.splice(0);
  await draft();
  expect(server.asked.flatMap(({ texts }) => texts)).toEqual(['Attention pays', 'We attend. It pays.', 'Read this.']);
  expect(Object.keys((await german(id))!)).toEqual(['0', '1', '2']);
  expect((await german(id))![1]!.note).toBe('Deutsch: Read this.');
});

test('a link that the endpoint turns elsewhere leaves the opening out, said so; a section that a curator emptied is not asked for', async () => {
  const { id, draft } = await openIssue();
  await db.run(sql`update issues set intro = 'Read [our archive](https://news.example/archive) first, please.', intro_is_markdown = true where id = ${id}`); // prettier-ignore
  await setEditionText(db, { issueId: id, lang: 'de', storyId: 1 }, { words: {}, sourceHash: 'x', by: 'Olga', at: new Date() }); // prettier-ignore
  server.behave.say = (text) => inGerman(text).replace('([[1]])', '(HTTPS://evil.example/) [[1]]');
  await draft();
  const rows = await editionRows(db, id);
  expect(rows.map(({ storyId, madeBy }) => [storyId, madeBy])).toEqual([[0, 'machine'], [1, 'curator'], [2, 'machine'], [3, 'machine']]); // prettier-ignore
  expect(rows[0]).toMatchObject({
    words: null,
    refused: 'The intro has “https://” in it, which the original has not.',
  });
  expect(server.asked.flatMap(({ texts }) => texts)).not.toContain('Attention pays');
});

test('an approved issue is left as it was approved', async () => {
  const { id, draft } = await openIssue();
  await markSent(db, id);
  await draft();
  expect([server.asked.length, (await editionRows(db, id)).length]).toEqual([0, 0]);
});

test('what is in the language already is not sent, and no more stories than the limit', async () => {
  const { id, draft } = await openIssue({ TRANSLATE_LIMIT: '1', SITE_LANGUAGE: 'de' });
  await db.run(sql`update items set lang = 'de' where id = 1`);
  await db.run(sql`update issue_stories set note = 'Read this.' where story_id = 1`);
  await draft();
  expect(server.asked).toEqual([]);
  expect(await german(id)).toBeUndefined();
});

test.each<[string, TranslationServer['behave']['instead'], string]>([
  ['answers 500', (response) => !!response.writeHead(500).end(), 'answered 500'],
  ['refuses the key', (response) => !!response.writeHead(401).end(), 'answered 401'],
  ['speaks another protocol', (response) => !!response.end('<html>hello</html>'), 'chat completion'],
  ['has no end', (response) => !!response.end('x'.repeat(400_000)), 'longer than'],
  ['says nothing', () => true, 'timed out'],
])('an endpoint that %s stops nothing, is told, and is asked again after a minute, then four', async (_name, instead, words) => {
  const { id, draft, clock, enqueued } = await openIssue({}, 300);
  server.behave.instead = instead;
  await draft();
  const count = server.asked.length;
  await draft();
  expect([server.asked.length, enqueued]).toEqual([count, []]);
  expect((await editionFailures(db, id))[0]).toMatchObject({ lang: 'de', failures: 1 });
  expect((await editionFailures(db, id))[0]!.message).toContain(words);
  later(clock, 1);
  await draft();
  const [again] = await editionFailures(db, id);
  expect([again!.failures, again!.tryAgainAt.getTime() - clock.now.getTime()]).toEqual([2, 240_000]);
  later(clock, 4);
  server.behave.instead = undefined;
  await draft();
  expect([await editionFailures(db, id), Object.keys((await german(id))!).length]).toEqual([[], 4]);
}); // prettier-ignore

test('a response with texts missing is told; one section that cannot be borne holds no other up', async () => {
  const { id, draft, clock } = await openIssue();
  server.behave.instead = (response, { texts }) =>
    texts.some((text) => text.startsWith('Second paper')) && !!response.end(JSON.stringify({ choices: [{ message: { content: '["one"]' } }] })); // prettier-ignore
  await draft();
  expect((await editionFailures(db, id))[0]!.message).toContain('texts');
  later(clock, 1);
  await draft();
  expect(Object.keys((await german(id))!)).toEqual(['0', '1', '2']);
  expect((await editionRows(db, id)).find(({ storyId }) => storyId === 3)).toMatchObject({ words: null, refused: 'The response for it could not be read.' }); // prettier-ignore
  expect(await editionFailures(db, id)).toEqual([]);
});

test('a run that ends in the middle loses nothing: what was saved stays, and only the rest is asked for', async () => {
  const { id, house, draft } = await openIssue();
  await db.run(sql`update issue_stories set summary = ${[`${'Long '.repeat(1_000)}.`]} where story_id = 2`);
  const ending = new AbortController();
  server.behave.instead = () => server.asked.length === 2 && (ending.abort(), true);
  await createDrafting(house)(id, ending.signal);
  expect(Object.keys((await german(id))!)).toEqual(['0', '1']);
  server.behave.instead = undefined;
  server.asked.splice(0);
  await draft();
  expect(server.asked.flatMap(({ texts }) => texts)).not.toContain('Attention pays');
  expect(Object.keys((await german(id))!)).toEqual(['0', '1', '2', '3']);
  expect(await editionFailures(db, id)).toEqual([]);
});

test('a wait that the endpoint asks for is kept', async () => {
  const { id, draft, clock } = await openIssue();
  server.behave.instead = (response) => !!response.writeHead(429, { 'retry-after': '1800' }).end();
  await draft();
  expect((await editionFailures(db, id))[0]!.tryAgainAt.getTime() - clock.now.getTime()).toBe(1_800_000);
});

test('without an endpoint, or without a language, nobody is asked', async () => {
  const { id, house } = await openIssue();
  for (const environment of [{ EDITIONS: 'de' }, { TRANSLATE_URL: server.url }]) {
    await createDrafting({ ...house, config: parseConfig(environment) })(id, stop);
  }
  expect(server.asked).toEqual([]);
  expect(() => parseConfig({ EDITIONS: 'de,tlh' })).toThrow('EDITIONS holds "de,tlh"; it may hold: some of en, zh, es, de, fr');
}); // prettier-ignore
