// Papers that readers brought by number and that are not here yet: which to ask for, and what came of it.
import type { PaperKeyForm } from '../readers/paper-keys.ts';
import { sql, type Database, type Queryable } from '../db.ts';

/** As long as a request with its turn may take. */
const leaseMinutes = 5;
const longest = { title: 300, text: 1_000 };

/**
 * Takes the papers of a form to ask for now, and counts the try: the new ones together, others alone, so that one that is refused
 * holds back no other. Who dies meanwhile leaves them to the next in five minutes.
 */
export function leaseWanted(
  db: Queryable,
  { form, mostTogether, now }: { form: PaperKeyForm; mostTogether: number; now: Date },
): Promise<{ key: string; tries: number }[]> {
  const isOfForm = sql`key like ${`${form}:%`}`;
  return db.rows(sql`
    with next as materialized (
      select key from wanted_papers,
        (select key as first_key, tries as least from wanted_papers where next_at <= ${now} and ${isOfForm} order by tries, key limit 1) as first
      where next_at <= ${now} and ${isOfForm} and tries = least and (least = 0 or key = first_key)
      order by key limit ${mostTogether} for update of wanted_papers skip locked)
    update wanted_papers set tries = tries + 1, next_at = ${now}::timestamptz + ${leaseMinutes} * interval '1 minute'
    from next where wanted_papers.key = next.key
    returning wanted_papers.key, tries`);
}

/** Says when to ask for these again; never, where `nextAt` is null. */
export function putOffWanted(
  db: Queryable,
  { keys, nextAt }: { keys: readonly string[]; nextAt: Date | null },
): Promise<number> {
  return db.run(sql`update wanted_papers set next_at = ${nextAt} where key = any(${keys}::text[])`);
}

/**
 * What is here by now counts for whoever brought it: a story as a like of it, another item by its words. What nobody wants any more
 * is forgotten. One transaction, so that no work is lost between.
 */
export async function settleWanted(db: Database): Promise<void> {
  if (!(await db.row(sql`select 1 as is from wanted_papers limit 1`))) return;
  await db.transaction(async (tx) => {
    await tx.run(sql`
      insert into signals (reader_id, story_id, kind, at)
      select reader_id, story_id, 'like', min(at) from ${here} where story_id is not null and not exists (
        select 1 from signals where signals.reader_id = here.reader_id and signals.story_id = here.story_id and kind = 'dislike')
      group by reader_id, story_id on conflict do nothing`);
    // What is a story is liked, and what is kept under this title already is kept once.
    await tx.run(sql`
      delete from brought_works using ${here} where brought_works.id = here.id and (story_id is not null or rank > 1 or exists (
        select 1 from brought_works as other
        where other.reader_id = here.reader_id and other.id <> here.id and lower(other.title) = lower(here.title)))`);
    await tx.run(sql`
      update brought_works set title = here.title, text = here.text, key = null from ${here} where brought_works.id = here.id`);
    await tx.run(sql`
      delete from wanted_papers where not exists (select 1 from brought_works where brought_works.key = wanted_papers.key)`);
  });
}

/** Works whose paper is here by now, with what is known of it; `rank` counts those of one reader that have the same title. */
const here = sql`(
  select *, row_number() over (partition by reader_id, lower(title) order by id) as rank from (
    select distinct on (brought.id) brought.id, reader_id, brought.at, story_id,
      left(items.title, ${longest.title}::int) as title, left(items.text, ${longest.text}::int) as text
    from wanted_papers join brought_works as brought using (key)
    join items on items.keys @> array[wanted_papers.key] and items.kind <> 'digest' and gone_at is null
    left join story_items on item_id = items.id
    order by brought.id, story_id is null, items.id) as known) as here`;
