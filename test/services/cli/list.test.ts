// `courant ingest` then `courant list`: what came of sources, for programs that know nothing of the inside.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, sql } from '../../../core/db.ts';
import { addSources } from '../../../core/store/sources.ts';
import { dataDirectory, openCourant, temporaryDirectory } from './courant.ts';

const today = new Date().toUTCString();

function feedOf(name: string, titles: string[]): string {
  const items = titles.map(
    (title, at) =>
      `<item><title>${title}</title><link>https://${name}.example/${at}</link><guid isPermaLink="false">${name}-${at}</guid>` +
      `<description>Words on ${title}.</description><pubDate>${today}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title>${items.join('')}</channel></rss>`;
}

const podcast = (host: string): string => `<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0">
  <channel><title>Spoken</title><item><title>Episode nine</title><guid isPermaLink="false">ep-9</guid><pubDate>${today}</pubDate>
  <enclosure url="https://spoken.example/9.mp3" type="audio/mpeg" length="1"/>
  <podcast:transcript url="http://${host}/9.srt" type="application/srt"/></item></channel></rss>`;
const courant = openCourant();
const transcript = '1\n00:00:02,000 --> 00:00:05,000\nWelcome to the harbour.\n';

async function listed(directory: string, listing: string, ...more: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await courant(['list', listing, '--json', ...more], { DATA_DIR: directory });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('an address, a directory, a feed file and a list are ingested; lists show what came of them', async () => {
  const directory = dataDirectory();
  const inputs = temporaryDirectory();
  const pages: Record<string, () => string> = { '/podcast': () => podcast(host), '/9.srt': () => transcript };
  const server = createServer(({ url }, response) =>
    response.end(pages[url!]?.() ?? feedOf('served', ['Tin cans', 'Lighthouses'])),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(inputs, 'notes'));
  writeFileSync(
    join(inputs, 'notes', 'cold.md'),
    `---\ndate: ${new Date().toISOString()}\n---\n# Rivers in winter\n\nThey freeze from above.\n`,
  );
  writeFileSync(join(inputs, 'a.xml'), feedOf('file', ['Pocket radios']));
  writeFileSync(
    join(inputs, 'list.opml'),
    `<opml version="2.0"><body><outline text="L" xmlUrl="http://${host}/listed"/></body></opml>`,
  );
  const ingested = await courant(
    [
      'ingest',
      `http://${host}/feed`,
      `http://${host}/podcast`,
      ...['notes', 'a.xml', 'list.opml'].map((name) => join(inputs, name)),
    ],
    { DATA_DIR: directory, ALLOW_ADDRESSES: host },
  );
  expect(ingested).toMatchObject({ code: 0, stderr: '' });

  const sources = await listed(directory, 'sources');
  expect(sources.map(({ kind, health, items }) => ({ kind, health, items }))).toEqual([
    { kind: 'feed', health: 'ok', items: 2 },
    { kind: 'feed', health: 'ok', items: 1 },
    { kind: 'folder', health: 'ok', items: 1 },
    { kind: 'feed', health: 'ok', items: 1 },
    { kind: 'feed', health: 'ok', items: 2 },
  ]);
  const items = await listed(directory, 'items');
  expect(items.find(({ guid }) => guid === 'file-0')).toMatchObject({
    title: 'Pocket radios',
    url: 'https://file.example/0',
    kind: 'post',
    keys: ['url:file.example/0'],
    text: 'Words on Pocket radios.',
    publishedAt: new Date(today).toISOString(),
    withdrawn: false,
  });
  // No schedule has to run before a transcript that a podcast offers is read.
  expect(items.find(({ guid }) => guid === 'ep-9')).toMatchObject({
    url: 'https://spoken.example/9.mp3',
    transcriptState: 'ok',
    segments: [{ startS: 2, text: 'Welcome to the harbour.' }],
  });
  // Both addresses serve the same two posts.
  const stories = (await listed(directory, 'stories')) as { items: { guid: string; why: string }[] }[];
  expect(stories.flatMap((story) => story.items).toSorted((a, b) => a.guid.localeCompare(b.guid))).toHaveLength(7);
  expect(stories.filter((story) => story.items.length === 2).map((story) => story.items.map(({ why }) => why))).toEqual(
    [
      ['first', 'link'],
      ['first', 'link'],
    ],
  );
  expect(await listed(directory, 'items', '--since', '2999-01-01')).toEqual([]);
});

test('a long list comes whole, a table is for people, and no reader is named', async () => {
  const directory = dataDirectory();
  const db = await openDatabase({ directory: join(directory, 'db') });
  await addSources(
    db,
    Array.from({ length: 250 }, (_, at) => ({
      kind: 'feed',
      title: `S\u001b[2J${at}`,
      url: `https://s.example/${at}`,
    })),
  );
  await db.run(sql`insert into issues (number, slug, week, title) values (1, 'a', '2026-01-05', 'One')`);
  await db.run(sql`insert into readers (email, token) values ('rosa@readers.example', 't')`);
  await db.run(sql`
    insert into deliveries (issue_id, reader_id, state, content_hash, smtp_reply)
    values (1, 1, 'failed', 'h', '550 5.1.1 <rosa@readers.example> unknown')`);
  await db.run(
    sql`insert into topics (name, created_at, seen_at) values ('Ended', now(), now()), ('Alive', now(), now())`,
  );
  await db.run(sql`insert into stories (topic_id, first_seen, changed_at) values (2, now(), now())`);
  await db.close();
  const ids = (await listed(directory, 'sources')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(250);
  const [delivery] = await listed(directory, 'deliveries');
  expect(delivery).toMatchObject({ issueId: 1, readerId: 1, state: 'failed', replyCode: '550' });
  expect(JSON.stringify(delivery)).not.toContain('rosa');
  expect(await listed(directory, 'issues')).toMatchObject([{ week: '2026-01-05', stories: [] }]);
  expect(await listed(directory, 'topics')).toMatchObject([{ name: 'Alive', storyIds: [1] }]);
  const { stdout } = await courant(['list', 'sources'], { DATA_DIR: directory });
  expect(stdout.split('\n')).toHaveLength(252);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('https://s.example/249');
});

test('what is no list, and no day, is refused in one line', async () => {
  const environment = { DATA_DIR: temporaryDirectory() };
  expect(await courant(['list', 'readers'], environment)).toMatchObject({
    code: 1,
    stderr: 'courant: There is no list "readers"; name one of sources, items, stories, topics, issues, deliveries.\n',
  });
  expect((await courant(['list', 'items', '--since', 'May'], environment)).stderr).toContain('--since holds "May"');
  // A day that the calendar does not have is none: Date takes it for 2 March.
  for (const command of [
    ['list', 'items'],
    ['ingest', 'https://x.example/feed'],
  ])
    expect((await courant([...command, '--since', '2026-02-30'], environment)).stderr).toBe(
      'courant: --since holds "2026-02-30"; it may hold a day such as 2026-11-01.\n',
    );
});
