// Texts -> a house whose items, stories, vectors and index are those that the product's own jobs make.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../core/config.ts';
import { raw, sql } from '../../../core/db.ts';
import { openEmbedder } from '../../../core/embedder/open-embedder.ts';
import { openHouse, type House } from '../../../core/house.ts';
import { sections } from '../../../core/sections.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { saveVectors } from '../../../core/store/vectors.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { indexTexts } from '../../../workers/embed/index-texts.ts';
import { postgresServer } from '../../servers.ts';
import type { BenchText } from './bench-text.ts';
import { madeUpSources, madeUpTopics, madeUpYears } from './made-up.ts';

/** Of one statement. */
const batch = 1_000;
/** An issue carries so many; the rest of the week stays untold. */
const storiesOfWeek = 250;
const carried = 40;
/** So many are fitted on. */
const fitted = 2_000;

/** A house in a directory of its own, on the embedded database or on a PostgreSQL of its own; false `isThere` without one. */
export async function openBenchHouse(database: string): Promise<House & AsyncDisposable & { isThere: boolean }> {
  const server = database === 'postgres' ? await postgresServer() : undefined;
  const directory = mkdtempSync(join(tmpdir(), 'courant-bench-search-'));
  const house = await openHouse(parseConfig({ DATA_DIR: directory, DATABASE_URL: server?.url, LOG_LEVEL: 'error' }));
  return Object.assign(house, {
    isThere: database !== 'postgres' || server !== undefined,
    [Symbol.asyncDispose]: async () => {
      await house.close();
      await server?.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  });
}

/**
 * Items 1, 2, ... in the order given, each a story of its own, embedded and indexed by the product's own functions; `say` gets what
 * each step took. Vectors are fitted on the first 2,000, and the indexes of words made when the rows are there, which saves half of the time.
 */
export async function fillWith(house: House, texts: readonly BenchText[], say: (line: string) => void): Promise<void> {
  const { db } = house;
  const stop = new AbortController().signal;
  await storeSources(house);
  const steps: [string, () => Promise<unknown>][] = [
    ['the first stored', () => storeTexts(house, texts, { from: 0, to: fitted })],
    ['and fitted', () => embedHandlers(house)['items.embed']!({}, stop)],
    ['others stored', () => storeTexts(house, texts, { from: fitted, to: texts.length })],
    ['told in issues', () => tell(house, texts.length)],
    ['embedded', () => embedOthers(house, texts)],
    ['analysed', () => analyseChanged(db, { vacuum: true })],
    ['indexed', () => indexAtOnce(house, stop)],
    ['analysed again', () => analyseChanged(db, { vacuum: true })],
  ];
  for (const [name, step] of steps) {
    const started = performance.now();
    const cpu = process.cpuUsage();
    await step();
    const { user, system } = process.cpuUsage(cpu);
    say(
      `${name}: ${((performance.now() - started) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of CPU here)`,
    );
  }
}

/** Vectors by model and first text: the second database gets those of the first, which take two minutes to make. */
const known = new Map<string, Float32Array[]>();

async function embedOthers(house: House, texts: readonly BenchText[]): Promise<void> {
  const embedder = await openEmbedder(house);
  for (let from = fitted; from < texts.length; from += batch) {
    const rows = texts.slice(from, from + batch);
    const key = `${embedder.name} ${from}`;
    const vectors = known.get(key) ?? (await embedder.embed(rows.map(({ title, text }) => `${title}. ${text}`)));
    known.set(key, vectors);
    const saved = rows.map(({ id }, at) => ({
      itemId: from + at + 1,
      segment: 0,
      contentHash: id,
      vector: vectors[at]!,
    }));
    await saveVectors(house.db, embedder.name, saved);
  }
}

async function indexAtOnce(house: House, stop: AbortSignal): Promise<void> {
  const indexes = await house.db.rows<{ name: string; made: string }>(sql`
    select indexname as name, indexdef as made from pg_indexes where tablename = 'search_words' and indexdef ilike '%using gin%'`);
  for (const { name } of indexes) await house.db.run(raw(`drop index ${name}`));
  await indexTexts(house, stop);
  for (const { made } of indexes) await house.db.run(raw(made));
}

async function storeSources({ db }: House): Promise<void> {
  await db.run(sql`
    insert into sources (kind, title, url)
    select 'feed', 'Made up ' || n, 'https://made-up.example/feed/' || n from generate_series(1, ${madeUpSources}::int) as n`);
}

async function storeTexts(
  { db, now }: House,
  texts: readonly BenchText[],
  part: { from: number; to: number },
): Promise<void> {
  for (let from = part.from; from < Math.min(part.to, texts.length); from += batch) {
    const rows = texts.slice(from, Math.min(part.to, from + batch)).map((text, at) => ({ ...text, at: from + at }));
    await db.run(sql`
      insert into items (source_id, guid, kind, url, title, authors, text, lang, published_at, content_hash)
      select 1 + t.at % ${madeUpSources}::int, t.id, case when t.at % 3 = 0 then 'post' else 'paper' end,
        'https://made-up.example/' || t.id, t.title, array(select jsonb_array_elements_text(t.authors)), t.text, t.lang,
        ${now()}::timestamptz - (${texts.length}::int - t.at) * ${(madeUpYears * 365) / texts.length}::float * interval '1 day', t.id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id text, at int, title text, text text, lang text, authors jsonb)
      order by t.at`);
  }
}

async function tell({ db, now }: House, count: number): Promise<void> {
  await db.run(sql`
    insert into topics (name, keywords) select 'topic ' || n, '{}' from generate_series(1, ${madeUpTopics}::int) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, topic_id, first_seen, changed_at)
    select id, 1 + id * 7 % ${madeUpTopics}::int, published_at, published_at from items order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select headline_item_id, id, 'first' from stories`);
  await db.run(sql`
    insert into issues (number, slug, week, title)
    select n, 'issue-' || n, date_trunc('week', ${now()}::timestamptz)::date - 7 * (${Math.ceil(count / storiesOfWeek)}::int - n), 'Issue ' || n
    from generate_series(1, ${Math.ceil(count / storiesOfWeek)}::int) as n`);
  const keys = sections.map(({ key }) => key);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role)
    select issues.id, stories.id, (${keys}::text[])[1 + stories.id % ${keys.length}::int], stories.id % ${storiesOfWeek}::int, 'pool'
    from stories join issues on issues.number = 1 + (stories.id - 1) / ${storiesOfWeek}::int
    where stories.id % ${storiesOfWeek}::int < ${carried}::int`);
}
