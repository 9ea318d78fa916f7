// Likes of readers -> what they are after the way of somebody who pastes them: text, works, what is here of them.
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import { readWorks } from '../../../core/readers/read-works.ts';
import { findWorks } from '../../../core/store/brought-works.ts';
import type { BenchItem } from './read-dataset.ts';

/** How they are pasted; `unknown` as a bibliography of which nothing is here. */
export const ways = ['bibtex', 'numbers', 'unknown'] as const;
export type Way = (typeof ways)[number];

export interface Brought {
  /** Items that became likes. */
  history: number[];
  /** Works that count by their words. */
  works: { title: string; text: string }[];
}

/** A database in which each item is a story of its own, with a number of arXiv's as made up. */
export async function openStories(items: readonly BenchItem[]): Promise<Database> {
  const db = await openDatabase({});
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Made up', 'https://made-up.example/feed')`);
  for (let from = 0; from < items.length; from += 1_000) {
    const rows = items.slice(from, from + 1_000).map(({ id, text }) => ({ id, text, key: `arxiv:${numberOf(id)}` }));
    await db.run(sql`
      insert into items (id, source_id, guid, kind, url, keys, title, published_at, content_hash) overriding system value
      select id, 1, id::text, 'paper', 'https://made-up.example/' || id, array[key], text, now(), id::text
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id integer, text text, key text)`);
  }
  await db.run(sql`
    insert into stories (id, headline_item_id, first_seen, changed_at) overriding system value
    select id, id, published_at, published_at from items`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
  await db.run(sql`analyze`);
  return db;
}

/** Pastes the likes of one reader and takes all that is shown. */
export async function bringLikes(db: Database, likes: readonly BenchItem[], way: Way): Promise<Brought> {
  const text = likes.map((like) => (way === 'numbers' ? numberOf(like.id) : entryOf(like))).join('\n');
  const result = readWorks(text);
  if ('refused' in result) throw new Error(result.refused);
  const { works } = result.read;
  const found = way === 'unknown' ? [] : await findWorks(db, works);
  const here = new Set(found.map(({ place }) => place));
  return {
    history: found.flatMap(({ storyId }) => storyId ?? []),
    works: works.filter(({ title }, place) => title !== '' && !here.has(place)),
  };
}

function numberOf(id: number): string {
  return `2001.${String(id).padStart(5, '0')}`;
}

function entryOf({ id, text }: BenchItem): string {
  return `@article{i${id},\n  title = {${text
    .replaceAll('\\', '')
    .replace(/[{}]/g, '')
    .replace(/[%&#$_]/g, '\\$&')}}\n}`;
}
