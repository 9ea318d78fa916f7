// Items on a real database: saved once however often a source repeats itself.
import { describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { addItems, saveItems, type NewItem } from '../../../core/store/items.ts';
import { addSources } from '../../../core/store/sources.ts';
import { settleItems } from '../../../workers/ingest/settle-items.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T12:00:00Z');
const saving = { sourceId: 1, at: now };

function item(fields: Partial<NewItem> = {}): NewItem {
  return {
    guid: 'a',
    kind: 'post',
    url: 'https://blog.example/a',
    keys: ['url:blog.example/a'],
    mentions: ['arxiv:1706.03762', 'doi:10.1/x'],
    title: 'A post',
    authors: ['Ada', 'Grace "Amazing" Hopper'],
    text: 'Words',
    html: '<p>Words</p>',
    lang: 'en',
    imageUrl: null,
    durationS: null,
    publishedAt: now,
    contentHash: 'one',
    transcriptState: null,
    ...fields,
  };
}

async function withSource(): Promise<Database> {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'youtube', title: 'Talks', url: 'https://blog.example/feed' }]);
  return db;
}

async function addVectors(db: Database): Promise<void> {
  await db.run(
    sql`insert into vectors (item_id, segment, model, vector) select 1, n, 'm', '\\x00' from generate_series(0, 1) n`,
  );
}

const vectorsLeft = (db: Database) =>
  db
    .rows<{ segment: number }>(sql`select segment from vectors order by segment`)
    .then((rows) => rows.map((r) => r.segment));

describe('addItems', () => {
  test('the first items of a source are added with their segments, each guid once, the last of a guid', async () => {
    const db = await withSource();
    const talk = item({ guid: 'talk', kind: 'video', segments: [{ startS: 5, text: 'Hello' }] });
    const items = [item({ title: 'Older' }), item(), talk, item({ guid: 'older', isRevision: true })];
    expect(await addItems(db, saving, items)).toEqual({ added: 2, changed: 0 });
    expect(await db.rows(sql`select guid, title from items order by id`)).toEqual([
      { guid: 'a', title: 'A post' },
      { guid: 'talk', title: 'A post' },
    ]);
    expect(await db.rows(sql`select start_s, text from segments`)).toEqual([{ startS: 5, text: 'Hello' }]);
  });

  test('where something is here after all it is changed, with its history', async () => {
    const db = await withSource();
    await saveItems(db, saving, [item()]);
    const items = [item({ title: 'Better', contentHash: 'two' }), item({ guid: 'b' })];
    expect(await addItems(db, saving, items)).toEqual({ added: 1, changed: 1 });
    expect(await addItems(db, saving, items)).toEqual({ added: 0, changed: 0 });
    expect(await db.rows(sql`select title from item_history`)).toEqual([{ title: 'A post' }]);
  });
});

describe('saveItems', () => {
  test('saving the same items twice adds nothing and changes nothing', async () => {
    const db = await withSource();
    const items = [item(), item({ guid: 'b' })];
    expect(await saveItems(db, saving, items)).toEqual({ added: 2, changed: 0 });
    await addVectors(db);
    expect(await saveItems(db, saving, items)).toEqual({ added: 0, changed: 0 });
    expect(await vectorsLeft(db)).toEqual([0, 1]);
  });

  test('arrays, quotes and dates come back as they went in', async () => {
    const db = await withSource();
    await saveItems(db, saving, [item()]);
    const row = await db.row(sql`select authors, mentions, published_at from items`);
    expect(row).toEqual({ authors: item().authors, mentions: item().mentions, publishedAt: now });
  });

  test('a changed item loses its vectors and keeps its earliest date', async () => {
    const db = await withSource();
    await saveItems(db, saving, [item()]);
    await addVectors(db);
    const later = new Date(now.getTime() + 86_400_000);
    const edited = item({ contentHash: 'two', title: 'A better post', publishedAt: later });
    expect(await saveItems(db, saving, [edited])).toEqual({ added: 0, changed: 1 });
    expect(await db.row(sql`select title, published_at from items`)).toEqual({
      title: 'A better post',
      publishedAt: now,
    });
    expect(await vectorsLeft(db)).toEqual([]);
  });

  test('a guid given twice in one batch is one item, the later one', async () => {
    const db = await withSource();
    expect(await saveItems(db, saving, [item(), item({ title: 'Again' })])).toEqual({ added: 1, changed: 0 });
    expect(await db.row(sql`select title from items`)).toEqual({ title: 'Again' });
  });

  test('no items is no work', async () => {
    const db = await withSource();
    expect(await saveItems(db, saving, [])).toEqual({ added: 0, changed: 0 });
  });

  test('segments that come with an item are replaced when it changes', async () => {
    const db = await withSource();
    const spoken = (...texts: string[]) => texts.map((text, at) => ({ startS: at * 60, text }));
    await saveItems(db, saving, [item({ segments: spoken('one', 'two', 'three') })]);
    await saveItems(db, saving, [item({ contentHash: 'two', segments: spoken('uno', 'dos') })]);
    expect(await db.rows(sql`select position, start_s, text from segments order by position`)).toEqual([
      { position: 1, startS: 0, text: 'uno' },
      { position: 2, startS: 60, text: 'dos' },
    ]);
  });
});

const itemsNow = (db: Database) =>
  db.rows<{ guid: string; title: string; version: number | null; keys: string[] }>(
    sql`select guid, title, version, keys from items order by id`,
  );
const history = (db: Database) =>
  db.rows<{ title: string; text: string; version: number | null }>(
    sql`select title, text, version from item_history order by at`,
  );

/** One reading of a source, whole or in batches. */
async function read(db: Database, ...batches: NewItem[][]): Promise<void> {
  const present = new Set(batches.flat().map(({ guid }) => guid));
  for (const items of batches) await saveItems(db, saving, await settleItems(db, 1, { items, present }));
}

describe('one thing, one item', () => {
  test('an edit under the same guid updates the item, keeps what it was, and its story counts as changed', async () => {
    const db = await withSource();
    await saveItems(db, saving, [item()]);
    await db.run(sql`insert into stories (headline_item_id, first_seen, changed_at) values (1, ${now}, '2020-01-01')`);
    await db.run(sql`insert into story_items (item_id, story_id, why) values (1, 1, 'first')`);
    await saveItems(db, saving, [item()]);
    expect(await db.row(sql`select extract(year from changed_at)::int as year from stories`)).toEqual({ year: 2020 });
    const edited = { title: 'A post, corrected', text: 'Better words', contentHash: 'two' };
    const later = new Date('2026-11-21T12:00:00Z');
    expect(await saveItems(db, { sourceId: 1, at: later }, [item(edited)])).toEqual({ added: 0, changed: 1 });
    expect(await itemsNow(db)).toMatchObject([{ guid: 'a', title: 'A post, corrected' }]);
    expect(await history(db)).toEqual([{ title: 'A post', text: 'Words', version: null }]);
    expect(
      await db.row(sql`
        select changed_at, created_at, updated_at, (select at from item_history) as left_at from stories, items`),
    ).toEqual({ changedAt: later, createdAt: now, updatedAt: later, leftAt: later });
  });

  const long = Array.from({ length: 40 }, (_, at) => `word${at}`).join(' ');
  test.each([
    { name: 'a counter and a comma', now: { title: 'A post!', text: `${long}, 13 answers` }, isNews: false },
    { name: 'a new version of the same words', now: { title: 'A post', text: `${long} 12 answers`, version: 2 }, isNews: false }, // prettier-ignore
    { name: 'a text cut short', now: { title: 'A post', text: 'word1 word2' }, isNews: false },
    { name: 'another title', now: { title: 'A post on bees', text: `${long} 12 answers` }, isNews: true },
    { name: 'a paragraph more', now: { title: 'A post', text: `${long} 12 answers. Now with bees in five colours.` }, isNews: true }, // prettier-ignore
    { name: 'a text where there was none', before: '', now: { title: 'A post', text: 'Bees' }, isNews: true },
  ])('$name is news to who read it before: $isNews', async ({ before = `${long} 12 answers`, now: next, isNews }) => {
    const db = await withSource();
    await saveItems(db, saving, [item({ text: before, version: 1 })]);
    await saveItems(db, saving, [item({ ...next, contentHash: 'two' })]);
    expect(await db.rows(sql`select is_news from item_history`)).toEqual([{ isNews }]);
  });

  test('a page that changes at every look keeps its last twenty states', async () => {
    const db = await withSource();
    for (let look = 0; look < 25; look++) {
      const at = new Date(now.getTime() + look * 60_000);
      await saveItems(db, { sourceId: 1, at }, [item({ text: `look ${look}`, contentHash: `look ${look}` })]);
    }
    expect((await history(db)).map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, at) => `look ${at + 4}`),
    );
  });

  test.each([
    { name: 'a permalink', key: 'url:blog.example/a', items: 1 },
    { name: 'a paper', key: 'arxiv:1706.03762', items: 1 },
    { name: "a site's first page", key: 'url:blog.example', items: 2 },
    { name: 'a repository, as its releases have', key: 'repo:github.com/a/b', items: 2 },
  ])('announced again under another guid: $name makes $items', async ({ key, items }) => {
    const db = await withSource();
    await read(db, [item({ keys: [key] })]);
    for (let look = 0; look < 2; look++) await read(db, [item({ guid: 'again', keys: [key] })]);
    expect(await itemsNow(db)).toHaveLength(items);
    await read(db, [item({ guid: 'third', keys: [key], title: 'Third', contentHash: 'three' })]);
    expect((await itemsNow(db)).at(-1)).toMatchObject(items === 1 ? { guid: 'a', title: 'Third' } : { guid: 'third' });
  });

  test('two things that a source shows side by side stay two, whatever they share', async () => {
    const db = await withSource();
    const both = [item(), item({ guid: 'b', title: 'Another' })];
    await read(db, both);
    await read(db, both, [item({ guid: 'c' })]);
    expect(await itemsNow(db)).toHaveLength(3);
    // Two new ones cannot both be the one that is gone.
    await read(db, [item({ guid: 'd' })], [item({ guid: 'e' })]);
    expect((await itemsNow(db)).map(({ guid }) => guid)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('a paper', () => {
  const paper = (fields: Partial<NewItem> = {}) =>
    item({ guid: '2101.00001', kind: 'paper', keys: ['arxiv:2101.00001'], mentions: [], version: 1, ...fields });

  test('in its second version is the same item, with the first in its history', async () => {
    const db = await withSource();
    await saveItems(db, saving, [paper()]);
    expect(await saveItems(db, saving, [paper({ version: 2, isRevision: true })])).toEqual({ added: 0, changed: 1 });
    expect(await saveItems(db, saving, [paper({ version: 2 })])).toEqual({ added: 0, changed: 0 });
    expect(await itemsNow(db)).toMatchObject([{ version: 2 }]);
    expect(await history(db)).toMatchObject([{ version: 1 }]);
  });

  test('is not set back by an older version that comes late', async () => {
    const db = await withSource();
    await saveItems(db, saving, [paper({ version: 3, title: 'Third', contentHash: 'three' })]);
    expect(await saveItems(db, saving, [paper()])).toEqual({ added: 0, changed: 0 });
    expect(await itemsNow(db)).toMatchObject([{ version: 3, title: 'Third' }]);
  });

  test('stays as it was announced first until it is replaced', async () => {
    const db = await withSource();
    const announcedAs = async (fields: Partial<NewItem>) => {
      await saveItems(db, saving, [paper(fields)]);
      return (await db.row<{ announced: string }>(sql`select announced from items`))?.announced;
    };
    expect(await announcedAs({})).toBe(null);
    expect(await announcedAs({ announced: 'new' })).toBe('new');
    expect(await announcedAs({ announced: 'cross' })).toBe('new');
    expect(await announcedAs({ announced: 'cross', contentHash: 'two', title: 'Corrected' })).toBe('new');
    expect(await announcedAs({ announced: 'replace', version: 2, isRevision: true })).toBe('replace');
  });

  test('of which only a revision is heard is no news', async () => {
    const db = await withSource();
    expect(await saveItems(db, saving, [paper({ version: 4, isRevision: true })])).toEqual({ added: 0, changed: 0 });
  });

  test('takes on identifiers, code and lists that another answer knows, which is no change', async () => {
    const db = await withSource();
    await saveItems(db, saving, [paper({ categories: ['cs.CL'] })]);
    const { version: _, ...unnumbered } = paper({ categories: ['cs.LG'], mentions: ['repo:github.com/a/b'] });
    const more = { ...unnumbered, keys: ['arxiv:2101.00001', 'doi:10.1/x'] };
    expect(await saveItems(db, saving, [more])).toEqual({ added: 0, changed: 0 });
    expect(await db.row(sql`select keys, mentions, categories, version from items`)).toEqual({
      keys: ['arxiv:2101.00001', 'doi:10.1/x'],
      mentions: ['repo:github.com/a/b'],
      categories: ['cs.CL', 'cs.LG'],
      version: 1,
    });
    expect(await history(db)).toEqual([]);
  });
});
