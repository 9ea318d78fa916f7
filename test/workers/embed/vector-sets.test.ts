// Vectors change as a whole: a refit or another embedder fills its set in the background and is switched to when complete.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { saveItems } from '../../../core/store/items.ts';
import { addSources } from '../../../core/store/sources.ts';
import { setBeingFilled, setInUse, startFilling, switchTo, vectorProgress } from '../../../core/store/vector-sets.ts';
import { beforeAllTexts, saveVectors, textsToEmbed, vectorsOf } from '../../../core/store/vectors.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { emptyFit } from '../../../core/embedder/fit.ts';
import { serialiseFit } from '../../../core/embedder/fit-state.ts';
import { modelInUse, openEmbedder } from '../../../core/embedder/open-embedder.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { testDatabase } from '../../database.ts';
import { watchDatabase } from '../../watch-database.ts';
import { isInstalled, writeTinyModel } from './tiny-model.ts';

let db: Database;
let house: House;
const enqueued: string[] = [];

beforeAll(async () => {
  db = await testDatabase();
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  house = { config: parseConfig({}), log: silent, db, queue, now: () => new Date() };
  await addSources(db, [{ kind: 'feed', title: 'F', url: 'https://f.example/feed' }]);
});

beforeEach(async () => {
  await db.pool.query(`delete from vectors; delete from vector_sets; delete from items`);
  await publish(60, 0);
  enqueued.length = 0;
});

const never = new AbortController().signal;
const embed = (at?: Date) => embedHandlers(at ? { ...house, now: () => at } : house)['items.embed']!({}, never);

async function publish(count: number, from: number): Promise<void> {
  await saveItems(
    db,
    { sourceId: 1, at: house.now() },
    Array.from({ length: count }, (_, at) => ({
      guid: `g${from + at}`,
      kind: 'post' as const,
      url: 'https://f.example/',
      keys: [`url:https://f.example/${from + at}`],
      mentions: [],
      title: `Notes on subject ${(from + at) % 7}`,
      authors: [],
      text: `Zorblax number ${from + at} learns graphs`,
      html: '',
      lang: 'en',
      imageUrl: null,
      durationS: null,
      publishedAt: new Date(),
      contentHash: `${from + at}`,
      transcriptState: null,
      segments: [],
    })),
  );
}

async function countOf(model: string): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from vectors where model = ${model}`))!
    .count;
}

it('whoever looks while a refit fills its set sees the old one whole, new items in it; then the new one at once', async () => {
  await publish(200, 60);
  await embed();
  const before = await modelInUse(house);
  await publish(40, 260);
  const seen = new Map<string, number>();
  let looks = 0;
  /** Between any two commits of the refit. */
  const look = async (): Promise<void> => {
    if (!(await setBeingFilled(db))) return;
    const model = await modelInUse(house);
    const ids = (await db.rows<{ id: number }>(sql`select id from items`)).map(({ id }) => id);
    seen.set(model, (await vectorsOf(db, model, ids)).length);
    looks++;
  };
  await embedHandlers({ ...house, db: watchDatabase(db, { committed: look }) })['items.embed']!({}, never);
  // When it was begun, and after each batch.
  expect(looks).toBeGreaterThan(2);
  const after = await modelInUse(house);
  expect(after).not.toBe(before);
  expect([...seen]).toEqual([[before, 300]]);
  expect(await countOf(after)).toBe(300);
  expect(enqueued).toContain('stories.find');
});

it('a run that was cut off is taken up where it was, with the same fit', async () => {
  await publish(200, 60);
  const stop = new AbortController();
  // Behind the first batch, in which not all are.
  const committed = ([first]: readonly string[]): void => {
    if (first!.includes('into vectors')) stop.abort();
  };
  await embedHandlers({ ...house, db: watchDatabase(db, { committed }) })['items.embed']!({}, stop.signal);
  const half = (await vectorProgress(db)).filling!;
  expect(half.done).toBeGreaterThan(0);
  expect(half.done).toBeLessThan(half.texts);
  expect(await setInUse(db)).toBeUndefined();
  await embed();
  expect(await modelInUse(house)).toBe(half.model);
  expect(await countOf(half.model)).toBe(260);
});

it('a set that misses one text is not switched to', async () => {
  await embed();
  await startFilling(
    db,
    { model: 'embedded/next', embedder: 'embedded', dimension: 2, items: 60, fit: null },
    house.now(),
  );
  const ids = await db.rows<{ id: number; contentHash: string }>(sql`select id, content_hash from items order by id`);
  const save = (some: typeof ids) =>
    saveVectors(
      db,
      'embedded/next',
      some.map(({ id, contentHash }) => ({ itemId: id, segment: 0, contentHash, vector: Float32Array.of(1, 0) })),
    );
  await save(ids.slice(1));
  expect(await switchTo(db, { model: 'embedded/next', at: house.now() })).toBe(false);
  await save(ids.slice(0, 1));
  expect(await switchTo(db, { model: 'embedded/next', at: house.now() })).toBe(true);
  expect((await setInUse(db))!.model).toBe('embedded/next');
});

it('the set before the last is deleted at a switch, the last one an hour later', async () => {
  await embed();
  const first = await modelInUse(house);
  await publish(30, 60);
  await embed();
  const second = await modelInUse(house);
  await publish(30, 90);
  await embed();
  expect(await countOf(first)).toBe(0);
  expect(await countOf(second)).toBe(120);
  const in59Minutes = new Date(Date.now() + 59 * 60_000);
  await embed(in59Minutes);
  expect(await countOf(second)).toBe(120);
  await embed(new Date(Date.now() + 61 * 60_000));
  expect(await countOf(second)).toBe(0);
});

it('vectors for a set that is gone are not saved', async () => {
  const [item] = await db.rows<{ id: number; contentHash: string }>(sql`select id, content_hash from items limit 1`);
  const vector = Float32Array.of(1, 0);
  await saveVectors(db, 'embedded/gone', [{ itemId: item!.id, segment: 0, contentHash: item!.contentHash, vector }]);
  expect(await countOf('embedded/gone')).toBe(0);
});

it('after an upgrade with another word table nothing is compared until all is embedded anew', async () => {
  await embed();
  const { model } = (await setInUse(db))!;
  const fit = serialiseFit(emptyFit({ ...openWordTable(), digest: 'older' }));
  await startFilling(db, { model: 'embedded/old', embedder: 'embedded', dimension: 2, items: 60, fit }, house.now());
  await db.run(sql`update vector_sets set status = 'retired' where model = ${model}`);
  await db.run(sql`update vector_sets set status = 'in_use' where model = 'embedded/old'`);
  await expect(openEmbedder(house)).rejects.toThrow(TemporaryError);
  await embed();
  expect(await modelInUse(house)).toBe(model);
  expect((await openEmbedder(house)).name).toBe(model);
});

it('a model that cannot be loaded leaves the vectors in use as they are, and new items get theirs', async () => {
  await embed();
  const model = await modelInUse(house);
  await publish(10, 60);
  const config = parseConfig({ EMBEDDER: 'transformers', MODEL: 'nobody/no-model', MODEL_PATH: '/nowhere' });
  await expect(embedHandlers({ ...house, config })['items.embed']!({}, never)).rejects.toThrow(/no-model/);
  expect(await modelInUse(house)).toBe(model);
  expect(await countOf(model)).toBe(70);
});

it.skipIf(!isInstalled)('switching to a neural model and back embeds all anew each time, whole sets only', async () => {
  await embed();
  const embedded = await modelInUse(house);
  const directory = mkdtempSync(join(tmpdir(), 'courant-model-'));
  writeTinyModel(directory, 'us/tiny');
  const config = parseConfig({ EMBEDDER: 'transformers', MODEL: 'us/tiny', MODEL_PATH: directory });
  await embedHandlers({ ...house, config })['items.embed']!({}, never);
  expect(await setInUse(db)).toEqual({
    model: 'transformers/us/tiny',
    embedder: 'transformers',
    dimension: 4,
    items: 0,
  });
  expect(await countOf('transformers/us/tiny')).toBe(60);
  expect((await openEmbedder({ ...house, config })).dimension).toBe(4);
  await embed();
  expect(await modelInUse(house)).toBe(embedded);
  expect(await countOf(embedded)).toBe(60);
  rmSync(directory, { recursive: true });
});

it('reads the vectors of many items in order, whatever the order of the question', async () => {
  await db.run(
    sql`insert into vector_sets (model, embedder, status, dimension) values ('many', 'embedded', 'retired', 2)`,
  );
  await db.run(sql`
    with added as (
      insert into items (source_id, guid, kind, url, title, published_at, content_hash)
      select (select min(id) from sources), 'many' || n, 'post', 'https://f.example/', 'T', now(), 'h' from generate_series(1, 2300) as n
      returning id)
    insert into vectors (item_id, segment, model, vector)
    select id, segment, 'many', decode('0000803f00000040', 'hex') from added, generate_series(0, 1) as segment`);
  const rows = await db.rows<{ id: number }>(sql`select id from items where guid like 'many%' order by id desc`);
  const ids = rows.map(({ id }) => id);
  const vectors = await vectorsOf(db, 'many', ids);
  expect(vectors.map(({ itemId, segment }) => [itemId, segment])).toEqual(
    ids.toReversed().flatMap((id) => [
      [id, 0],
      [id, 1],
    ]),
  );
  expect(vectors.at(-1)!.vector).toEqual(new Float32Array([1, 2]));
});

it('texts are found one after another, items before segments, and what lost its vector behind the place is found from the start', async () => {
  const ids = (await db.rows<{ id: number }>(sql`select id from items order by id`)).map(({ id }) => id);
  await db.run(sql`
    insert into segments (item_id, position, text) select id, n, 'said ' || n from unnest(${ids.slice(0, 5)}::int[]) as id, generate_series(1, 3) as n`);
  const seen: string[] = [];
  let after = beforeAllTexts;
  for (;;) {
    const found = await textsToEmbed(db, { model: 'm', after, limit: 7 });
    if (found.length === 0) break;
    seen.push(...found.map(({ itemId, segment }) => `${itemId}/${segment}`));
    after = found.at(-1)!;
  }
  const segments = ids.slice(0, 5).flatMap((id) => [1, 2, 3].map((n) => `${id}/${n}`));
  expect(seen).toEqual([...ids.map((id) => `${id}/0`), ...segments]);

  await embed();
  const { model } = (await setInUse(db))!;
  expect(await textsToEmbed(db, { model, after: beforeAllTexts, limit: 7 })).toEqual([]);
  await db.run(sql`delete from vectors where item_id = ${ids[1]!} and segment in (0, 2)`);
  expect(await textsToEmbed(db, { model, after: beforeAllTexts, limit: 7 })).toMatchObject([
    { itemId: ids[1], segment: 0 },
  ]);
  await embed();
  expect(await textsToEmbed(db, { model, after: beforeAllTexts, limit: 7 })).toEqual([]);
});
