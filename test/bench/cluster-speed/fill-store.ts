// Texts -> a store as it is after a hundred days: items, vectors, stories, and the topics of the last two weeks.
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources } from '../../../core/store/sources.ts';
import { startFilling, switchTo } from '../../../core/store/vector-sets.ts';
import { saveVectors } from '../../../core/store/vectors.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { nameFit, serialiseFit } from '../../../core/embedder/fit-state.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import type { Run } from './print-table.ts';
import type { BenchRecord } from './read-records.ts';
import { peakMb, stageClock } from './stage-clock.ts';

/** Items a day: a hundred days make the hundred thousand. */
const daily = 1_000;
const dayMs = 86_400_000;
/** Of stories, as in core/store/stories.ts: older ones are finished, each item of the bench alone in one. */
const windowDays = 14;
const batch = 1_000;

/** Fills the store up to `house.now()`; the last two weeks go through the handler, all of them new to it. */
export async function fillStore(house: House, records: readonly BenchRecord[]): Promise<Run> {
  const { figures, timed } = stageClock();
  const { db, now } = house;
  await timed('100 days of items', () => insertItems(house, records));
  await timed('their vectors', () => embedAll(house, records));
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select id, published_at, published_at from items
    where published_at < ${new Date(now().getTime() - windowDays * dayMs)} order by id`);
  await db.run(sql`
    insert into story_items (item_id, story_id, why, placed_at)
    select headline_item_id, id, 'first', first_seen from stories`);
  await timed('two weeks placed anew', () => clusterHandlers(house)['stories.find']!({}, new AbortController().signal));
  return {
    items: records.length,
    stages: figures,
    peakMb: peakMb(),
    note: 'setup, and what a day with new topics takes',
  };
}

async function insertItems({ db, now }: House, records: readonly BenchRecord[]): Promise<void> {
  await addSources(db, [{ kind: 'feed', title: 'Papers', url: 'https://papers.example/feed' }]);
  for (let start = 0; start < records.length; start += batch) {
    const rows = records.slice(start, start + batch).map(({ title, abstract }, at) => {
      const age = ((records.length - start - at) / daily) * dayMs;
      return { number: start + at, title, text: abstract, at: new Date(now().getTime() - age) };
    });
    // Not by the ingest door, which would have all of them arrive today.
    await db.run(sql`
      insert into items (source_id, guid, kind, url, title, text, published_at, created_at, content_hash)
      select (select id from sources), number, 'post', 'https://papers.example/' || number, title, text, at, at, number
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(number integer, title text, text text, at timestamptz)`);
  }
}

async function embedAll({ db, now }: House, records: readonly BenchRecord[]): Promise<void> {
  const texts = records.map(({ title, abstract }) => `${title}. ${abstract}`);
  const table = openWordTable();
  const fit = fitTexts(texts.slice(-10 * daily), table);
  const state = serialiseFit(fit);
  const model = nameFit(state);
  const embedder = embeddedEmbedder(model, fit, table);
  const { dimension } = embedder;
  await startFilling(db, { model, embedder: 'embedded', dimension, items: texts.length, fit: state }, now());
  for (let start = 0; start < texts.length; start += batch) {
    const vectors = await embedder.embed(texts.slice(start, start + batch));
    const rows = vectors.map((vector, at) => {
      // Ids are given in order, from one on.
      return { itemId: start + at + 1, segment: 0, vector, contentHash: String(start + at) };
    });
    await saveVectors(db, model, rows);
  }
  if (!(await switchTo(db, { model, at: now() }))) throw new Error('some item has no vector');
}
