// Texts -> a house whose items, stories, vectors and index are those that the product's own jobs make.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { openHouse, type House } from '../../../core/house.ts';
import { analyseChanged } from '../../../core/store/table-statistics.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { indexTexts } from '../../../workers/embed/index-texts.ts';
import { postgresServer } from '../../servers.ts';

export interface BenchText {
  id: string;
  title: string;
  text: string;
  authors: string[];
}

/** Of one statement. */
const batch = 1_000;

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

/** Items 1, 2, ... in the order given, each a story of its own, embedded and indexed. */
export async function fillWith(house: House, texts: readonly BenchText[]): Promise<{ seconds: number }> {
  const { db } = house;
  const started = performance.now();
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Made up', 'https://made-up.example/feed')`);
  for (let from = 0; from < texts.length; from += batch) {
    const rows = texts.slice(from, from + batch);
    await db.run(sql`
      insert into items (source_id, guid, kind, url, title, authors, text, published_at, content_hash)
      select 1, t.id, case when length(t.title) % 3 = 0 then 'post' else 'paper' end, 'https://made-up.example/' || t.id, t.title,
        array(select jsonb_array_elements_text(t.authors)), t.text, ${house.now()}, t.id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id text, title text, text text, authors jsonb)`);
  }
  await db.run(
    sql`insert into stories (headline_item_id, first_seen, changed_at) select id, published_at, published_at from items order by id`,
  );
  await db.run(sql`insert into story_items (item_id, story_id, why) select headline_item_id, id, 'first' from stories`);
  await analyseChanged(db, { vacuum: true });
  const stop = new AbortController().signal;
  await embedHandlers(house)['items.embed']!({}, stop);
  await indexTexts(house, stop);
  await analyseChanged(db, { vacuum: true });
  return { seconds: (performance.now() - started) / 1000 };
}
