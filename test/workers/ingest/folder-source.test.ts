// A folder looked at again and again: edits update, deletions keep what was there, and what was passed over is said.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { testDatabase } from '../../database.ts';

test('a folder over three looks', async () => {
  const db = await testDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'courant-folder-'));
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { ring: async () => undefined } as unknown as House['queue'];
  const house: House = { config: parseConfig({}), db, log, queue, now: () => new Date() };
  await addSources(db, [{ kind: 'folder', title: 'Inbox', url: pathToFileURL(directory).href }]);
  const look = () => ingestHandlers(house)['source.check']!({ sourceId: 1 }, new AbortController().signal);
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
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
    /^Passed over: bad\.vtt \(these are no captions.*\), empty\.txt \(empty\), huge\.txt \(larger than 5 MB\)\.$/,
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
