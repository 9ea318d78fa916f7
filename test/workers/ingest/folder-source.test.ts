// A folder looked at again and again: edits update, deletions keep what was there, and what was passed over is said.
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources, sourceById } from '../../../core/store/sources.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { readFolder } from '../../../workers/ingest/folder/read-folder.ts';
import { readInThread } from '../../../workers/ingest/read-in-thread.ts';
import { testDatabase } from '../../database.ts';

async function openFolder() {
  const db = await testDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'courant-folder-'));
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const house: House = { config: parseConfig({}), db, log, queue, now: () => new Date() };
  await addSources(db, [{ kind: 'folder', title: 'Inbox', url: pathToFileURL(directory).href }]);
  const look = () => ingestHandlers(house)['source.check']!({ sourceId: 1 }, new AbortController().signal);
  const write = (name: string, text: string): void => {
    const path = join(directory, name);
    writeFileSync(path, text);
    // The file system's clock is not the one that TEST_CLOCK moves.
    utimesSync(path, new Date(), new Date());
  };
  return { db, directory, look, write };
}

test('a folder over three looks', async () => {
  const { db, directory, look, write } = await openFolder();
  const items = () => db.rows(sql`select guid, title, gone_at is not null as gone from items order by guid`);

  write('a.md', '# First\n\nWords of the first.');
  write('b.md', '# Second\n\nWords of the second.');
  write('bad.vtt', 'no captions at all');
  write('empty.txt', '\n');
  write('huge.txt', 'x'.repeat(5_000_001));
  await look();
  expect(await items()).toEqual([
    { guid: 'a.md', title: 'First', gone: false },
    { guid: 'b.md', title: 'Second', gone: false },
  ]);
  expect((await sourceById(db, 1))!.note).toMatch(
    /^Passed over: bad\.vtt \(these are no captions.*\), empty\.txt \(empty\), huge\.txt \(larger than 5 MB\)\. Files without a date of their own: 2\. They are dated 30 days back, so they are no news and get no story; to have one told, write a line such as "date: 2026-11-01" at its head and save it under another name\.$/,
  );
  await db.pool.query(`
    insert into stories (headline_item_id, first_seen, changed_at) values (1, now(), '2020-01-01'), (2, now(), now());
    insert into story_items (item_id, story_id, why) values (1, 1, 'first'), (2, 2, 'first')`);
  const drafts = async () =>
    (await uncarriedStories(db, { since: new Date(0), until: new Date('2100-01-01') })).map(({ id }) => id);
  expect(await drafts()).toEqual([1, 2]);

  rmSync(join(directory, 'a.md'));
  for (const name of ['bad.vtt', 'empty.txt', 'huge.txt']) rmSync(join(directory, name));
  write('b.md', '# Second, edited\n\nOther words.');
  await look();
  expect(await items()).toEqual([
    { guid: 'a.md', title: 'First', gone: true },
    { guid: 'b.md', title: 'Second, edited', gone: false },
  ]);
  expect(await db.rows(sql`select title from item_history`)).toEqual([{ title: 'Second' }]);
  expect((await sourceById(db, 1))!.note).toBeNull();
  expect(await drafts()).toEqual([2]);
  expect(await db.row(sql`select changed_at > '2021-01-01' as moved from stories where id = 1`)).toEqual({
    moved: true,
  });

  write('a.md', '# First\n\nWords of the first.');
  await look();
  expect(await items()).toMatchObject([{ guid: 'a.md', gone: false }, { guid: 'b.md' }]);
  expect(await drafts()).toEqual([1, 2]);
});

test('an archive that was cloned today is background; what comes later has the time of its file', async () => {
  const { db, look, write } = await openFolder();
  write('undated.md', '# Undated\n\nWords.');
  write('2019-05-02-named.md', 'Words.');
  await look();
  const daysOld = () =>
    db.rows<{ guid: string; days: number }>(sql`
    select guid, round(extract(epoch from now() - published_at) / 86400)::int as days from items order by guid`);
  expect(await daysOld()).toEqual([
    { guid: '2019-05-02-named.md', days: expect.toSatisfy((days: number) => days > 2000) as number },
    { guid: 'undated.md', days: 30 },
  ]);
  write('new.md', '# New\n\nWords.');
  write('undated.md', '# Undated\n\nOther words.');
  await look();
  expect(await daysOld()).toMatchObject([{}, { guid: 'new.md', days: 0 }, { guid: 'undated.md', days: 30 }]);
  expect((await sourceById(db, 1))!.note).toBeNull();
});

test('a folder that was empty at first has news from then on', async () => {
  const { db, look, write } = await openFolder();
  await look();
  write('new.md', '# New\n\nWords.');
  await look();
  expect(await db.row(sql`select now() - published_at < interval '1 hour' as is_new from items`)).toEqual({
    isNew: true,
  });
});

test('what becomes a draft is gone, what is dated ahead is not there yet, and the row says so', async () => {
  const { db, look, write } = await openFolder();
  const ahead = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  write('a.md', '---\ntitle: A\n---\nWords.');
  write('b.md', `---\ntitle: B\ndate: ${ahead}\n---\nWords.`);
  write('c.md', '---\ntitle: Ice: a study\n---\nWords.');
  await look();
  write('a.md', '---\ntitle: A\ndraft: true\n---\nWords.');
  await look();
  expect(await db.rows(sql`select guid, gone_at is not null as gone from items order by guid`)).toEqual([
    { guid: 'a.md', gone: true },
    { guid: 'c.md', gone: false },
  ]);
  expect((await sourceById(db, 1))!.note).toBe(
    `Not published yet: a.md (draft: true), b.md (dated ${ahead}). Not read as it should be: c.md (title taken as text).`,
  );
});

test('links in a folder are not followed, whatever they lead to', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'courant-folder-'));
  const outside = mkdtempSync(join(tmpdir(), 'courant-outside-'));
  writeFileSync(join(directory, 'own.md'), '# Own');
  writeFileSync(join(outside, 'secret.md'), '# Secret');
  symlinkSync(join(outside, 'secret.md'), join(directory, 'link.md'));
  symlinkSync(outside, join(directory, 'linked'));
  symlinkSync('.', join(directory, 'round'));
  const { items } = await readFolder(pathToFileURL(directory).href, { now: new Date(), isFirst: false });
  expect(items.map(({ title }) => title)).toEqual(['Own']);
});

test('a file that is nested deeper than any stack hides no other', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'courant-folder-'));
  writeFileSync(join(directory, 'deep.md'), `${'> '.repeat(20_000)}x`);
  writeFileSync(join(directory, 'good.md'), '# A good post');
  const { items, files } = await readFolder(pathToFileURL(directory).href, { now: new Date(), isFirst: false });
  rmSync(directory, { recursive: true });
  expect(items.map(({ title }) => title)).toEqual(['deep', 'A good post']);
  expect(files.passedOver).toEqual([]);
});

test('a file that takes too long is passed over by its name, and holds back no other', async () => {
  const { directory, write } = await openFolder();
  write('a.md', '# First\n\nWords of the first.');
  write('z.md', '# Last\n\nWords of the last.');
  // All are shown to the end, so each is compared with all before it.
  const cue = (at: number) =>
    `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}.000 --> 2000:00.000\nword${at} again\n`;
  write('slow.vtt', `WEBVTT\n\n${Array.from({ length: 100_000 }, (_, at) => cue(at)).join('\n')}`);
  const url = pathToFileURL(directory).href;
  const context = { url: `${url}/`, now: new Date() };
  const answer = {
    kind: 'folder',
    body: new Uint8Array(),
    contentType: undefined,
    url,
    isFirst: true,
    missed: [],
    context,
  } as const;
  const { files, batches } = await readInThread({ ...answer, missed: [] }, new AbortController().signal, {
    partMs: 60_000,
    // An idle machine reads it in 1.7 s.
    fileMs: 1000,
  });
  expect(files?.passedOver).toEqual([{ path: 'slow.vtt', why: 'takes longer than 1 s to read' }]);
  const titles: string[] = [];
  for await (const items of batches) titles.push(...items.map(({ title }) => title));
  expect(titles).toEqual(['First', 'Last']);
});

test('a file that was dated back is news under another name with a date of its own, as the note says', async () => {
  const { db, directory, look, write } = await openFolder();
  write('note.md', '# Harbours\n\nWords on harbours.');
  await look();
  expect((await sourceById(db, 1))!.note).toContain('save it under another name');
  rmSync(join(directory, 'note.md'));
  write('harbours.md', `---\ndate: ${new Date().toISOString()}\n---\n# Harbours\n\nWords on harbours.`);
  await look();
  const items = await db.rows(
    sql`select guid, is_background, now() - published_at < interval '1 hour' as is_new from items where gone_at is null`,
  );
  expect(items).toEqual([{ guid: 'harbours.md', isBackground: false, isNew: true }]);
});
