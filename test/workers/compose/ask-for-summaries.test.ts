// Summaries by a model, from a real endpoint on this machine: what it may say, and what happens when it does not.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { quotedSentences, type SummarySentence } from '../../../core/store/summaries.ts';
import { summaryText } from '../../../core/letter/summary-text.ts';
import { askForSummaries } from '../../../workers/compose/ask-for-summaries.ts';
import { askModel } from '../../../workers/compose/ask-model.ts';
import { testDatabase } from '../../database.ts';
import { markSent, seedIssue } from '../../services/seed-issue.ts';

const stop = new AbortController().signal;
const asked: {
  headers: Record<string, unknown>;
  body: { model: string; max_tokens: number; messages: { content: string }[] };
}[] = [];
let answer: RequestListener;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    asked.push({ headers: request.headers, body: JSON.parse(body) as (typeof asked)[number]['body'] });
    answer(request, response);
  });
});
const say =
  (content: string): RequestListener =>
  (_request, response) =>
    response.end(JSON.stringify({ choices: [{ message: { content } }] }));
let url = '';
let db: Database;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => server.close());
beforeEach(() => void asked.splice(0));

/** The small issue, with summaries quoted from its items. */
async function openDraft(
  environment: Record<string, string> = {},
): Promise<{ house: House; id: number; enqueued: string[] }> {
  db = await testDatabase();
  const id = await seedIssue(db);
  const quote = (itemId: number, text: string): SummarySentence => {
    return { text, quote: text, by: 'source', itemId, segment: 0, start: 0, end: text.length };
  };
  for (const [storyId, itemId, text] of [
    [1, 1, 'We attend.'],
    [3, 4, 'Text.'],
  ] as const) {
    const more = itemId === 1 ? [{ ...quote(1, 'It pays.'), start: 11, end: 19 }] : [];
    const sentences = JSON.stringify([quote(itemId, text), ...more]);
    await db.run(
      sql`update issue_stories set sentences = ${sentences}::jsonb, summary = ${[text]} where story_id = ${storyId}`,
    );
  }
  const enqueued: string[] = [];
  const config = parseConfig({
    SUMMARY_URL: url,
    SUMMARY_KEY: 'k3y',
    SUMMARY_MODEL: 'tiny',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  const house = { config, db, queue, log: openLog(config), now: () => new Date('2026-11-20T12:00:00Z') };
  return { house, id, enqueued };
}

const summaries = async (id: number) =>
  new Map((await loadIssueContent(db, id)).cards.map((card) => [card.storyId, summaryText(card)]));

test('a borne-out sentence is taken and marked; one that is not is replaced by the quoted, and both are kept', async () => {
  const { house, id, enqueued } = await openDraft();
  answer = say('Attention pays: we attend. Bananas ripen in bags.');
  await askForSummaries(house, id, stop);
  expect((await summaries(id)).get(1)).toBe(
    'Attention pays: we attend. It pays. (Written by a machine, tiny, and checked against the source.)',
  );
  expect((await summaries(id)).get(3)).toBe('Text.');
  const placed = await quotedSentences(db, id);
  expect(placed.every(({ isThere }) => isThere)).toBe(true);
  expect(
    placed.filter(({ storyId }) => storyId === 1).map(({ by, overlap, refused }) => [by, overlap, refused]),
  ).toEqual([
    ['model', 1, undefined],
    ['source', 0, 'Bananas ripen in bags.'],
  ]);
  expect(enqueued).toEqual(['issue.rank']);
  expect(asked).toHaveLength(2);
  expect(asked[0]!.headers['authorization']).toBe('Bearer k3y');
  expect(asked[0]!.body).toMatchObject({ model: 'tiny', max_tokens: 220 });
  await askForSummaries(house, id, stop);
  expect(asked).toHaveLength(2);
});

test('no more stories are sent than the limit, the picks first; an approved issue is left alone', async () => {
  const { house, id } = await openDraft({ SUMMARY_LIMIT: '1' });
  answer = say('Attention pays: we attend.');
  await askForSummaries(house, id, stop);
  await askForSummaries(house, id, stop);
  expect(asked.map(({ body }) => body.messages[1]!.content.includes('Attention pays'))).toEqual([true]);
  await markSent(db, id);
  await db.run(sql`update issue_stories set summary_asked_at = null`);
  await askForSummaries(house, id, stop);
  expect(asked).toHaveLength(1);
});

test.each<[string, RequestListener]>([
  ['refuses the key', (_, response) => void response.writeHead(401).end()],
  ['speaks another protocol', (_, response) => void response.end('<html>hello</html>')],
  ['has no end', (_, response) => void response.end('x'.repeat(200_000))],
  ['leads elsewhere', (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
])('an endpoint that %s is asked once; the quotes stay and the desk says why', async (_, bad) => {
  const { house, id, enqueued } = await openDraft();
  answer = bad;
  await askForSummaries(house, id, stop);
  await askForSummaries(house, id, stop);
  expect(asked).toHaveLength(1);
  expect([...(await summaries(id)).values()]).toEqual(expect.arrayContaining(['We attend. It pays.', 'Text.']));
  expect((await listAudit(db, `issue ${id}`)).map(({ actor }) => actor)).toEqual(['tiny']);
  expect(enqueued).toEqual([]);
});

test('what fails for a moment is asked again, three times at most', async () => {
  const endpoint = { url, key: undefined, model: 'tiny' };
  const source = { title: 'T', text: 'Words.' };
  answer = (request, response) =>
    asked.length < 3 ? void response.writeHead(503).end() : say('At last.')(request, response);
  expect(await askModel(endpoint, source, { now: () => new Date(), stop, pauseMs: 1 })).toBe('At last.');
  asked.splice(0);
  answer = (_, response) => void response.writeHead(429).end();
  await expect(askModel(endpoint, source, { now: () => new Date(), stop, pauseMs: 1 })).rejects.toThrow('answered 429');
  expect(asked).toHaveLength(3);
  expect(asked[0]!.headers['authorization']).toBeUndefined();
});
