// Works a reader brought along: matched to stories, which they then like, or kept by their words, with which the ranker reads them.
import { sql, type Queryable, type Transactional } from '../db.ts';
import { serviceOf, titleOfKey } from '../readers/paper-keys.ts';
import type { Work } from '../readers/works.ts';
import { lockReader } from './reader-lock.ts';
import { toJson } from '../storable.ts';

/** How many a reader may keep by their words; the ranker reads them all. */
export const maxBrought = 50;

export interface BroughtWork {
  title: string;
  text: string;
  /** `arxiv:1706.03762` or `doi:10.1000/182` of a paper that is not here: its words are fetched. */
  key?: string | undefined;
}

/** A work that is here: a story, or an item older than any, of which the words are known. */
export interface FoundWork extends BroughtWork {
  /** Of the works that were looked for. */
  place: number;
  storyId: number | null;
}

const shownText = 1_000;

/** What is here of these works, by what names them, else by the same title; one query. */
export function findWorks(
  db: Queryable,
  works: readonly Pick<Work, 'title' | 'spelled' | 'keys'>[],
): Promise<FoundWork[]> {
  const rows = works.map(({ title, spelled = title, keys }, place) => ({ place, title, spelled, keys }));
  return db.rows<FoundWork>(sql`
    select distinct on (place) place, items.title, left(items.text, ${shownText}) as text, story_items.story_id
    from (
      select place, id from jsonb_to_recordset(${toJson(rows)}::jsonb) as given(place integer, keys jsonb)
      cross join lateral jsonb_array_elements_text(keys) as key
      join items on items.keys @> array[key]
      union
      select place, items.id from jsonb_to_recordset(${toJson(rows)}::jsonb) as given(place integer, title text, spelled text)
      join items on md5(lower(items.title)) in (md5(lower(given.title)), md5(lower(given.spelled)))
      where given.title <> ''
    ) as matched
    join items using (id)
    left join story_items on story_items.item_id = items.id
    where items.kind <> 'digest' and items.gone_at is null
    order by place, story_id is null, items.id`);
}

/** Likes these stories and keeps these works by their words; what is there already, or above the limit, is left out. */
export async function bringWorks(
  db: Transactional,
  { readerId, storyIds, works, at }: { readerId: number; storyIds: number[]; works: BroughtWork[]; at: Date },
): Promise<number> {
  return db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    const liked = await tx.run(sql`
      insert into signals (reader_id, story_id, kind, at)
      select ${readerId}, id, 'like', ${at} from stories where id = any(${storyIds}::int[]) and not exists (
        select 1 from signals where reader_id = ${readerId} and story_id = stories.id and kind = 'dislike')
      on conflict do nothing returning story_id`);
    const allowed = await withinLimits(tx, { readerId, works, at });
    const kept = await tx.run(sql`
      insert into brought_works (reader_id, title, text, key, at)
      select ${readerId}, w.title, w.text, w.key, ${at}
      from jsonb_to_recordset(${toJson(allowed)}::jsonb) as w(title text, text text, key text)
      limit greatest(0, ${maxBrought} - (select count(*) from brought_works where reader_id = ${readerId})::int)
      on conflict do nothing returning id`);
    await tx.run(sql`
      insert into wanted_papers (key, next_at) select key, ${at} from brought_works where reader_id = ${readerId} and key is not null
      -- What nobody knew, or could not say, is asked for once more.
      on conflict (key) do update set next_at = ${at}::timestamptz + interval '1 day', tries = 0 where wanted_papers.next_at is null`);
    return liked + kept;
  });
}

/** Papers asked for by number on a day, by one reader and by all: each is asked of a service, and an item for good. */
const [mostNumbers, mostOfAll] = [100, 1_000];

/** The works without the numbers that are above the limits of a day, with their titles where they have some; those that are left count. */
async function withinLimits(
  tx: Queryable,
  { readerId, works, at }: { readerId: number; works: BroughtWork[]; at: Date },
): Promise<BroughtWork[]> {
  const numbers = works.filter(({ key }) => key !== undefined);
  if (numbers.length === 0) return works;
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('asked_numbers'))`);
  await tx.run(sql`delete from asked_numbers where day < ${at}::timestamptz::date - 1`);
  const asked = await tx.row<{ own: number; all: number }>(sql`
    select coalesce(sum(count) filter (where reader_id = ${readerId}), 0)::int as own, coalesce(sum(count), 0)::int as all
    from asked_numbers where day = ${at}::timestamptz::date`);
  const left = Math.max(0, Math.min(mostNumbers - asked!.own, mostOfAll - asked!.all));
  const taken = new Set(numbers.slice(0, left));
  await tx.run(sql`
    insert into asked_numbers (reader_id, day, count) values (${readerId}, ${at}::timestamptz::date, ${taken.size})
    on conflict (reader_id, day) do update set count = asked_numbers.count + excluded.count`);
  return works.flatMap((work) => {
    if (work.key === undefined || taken.has(work)) return [work];
    return work.title === titleOfKey(work.key) ? [] : [{ ...work, key: undefined }];
  });
}

/** The works of a reader, newest first. */
export async function broughtWorks(
  db: Queryable,
  readerId: number,
): Promise<{ id: number; title: string; at: Date; state: 'known' | 'asked' | 'unknown'; service: string | null }[]> {
  const works = await db.rows<{
    id: number;
    title: string;
    at: Date;
    state: 'known' | 'asked' | 'unknown';
    key: string | null;
  }>(sql`
    select id, title, at, key, case when wanted_papers.key is null then 'known' when next_at is null then 'unknown' else 'asked' end as state
    from brought_works left join wanted_papers using (key) where reader_id = ${readerId} order by id desc`);
  return works.map(({ key, ...work }) => ({ ...work, service: key === null ? null : serviceOf(key) }));
}

/** Takes one back; true when the reader had it. */
export async function takeBackWork(
  db: Queryable,
  { readerId, id }: { readerId: number; id: number },
): Promise<boolean> {
  return (await db.run(sql`delete from brought_works where id = ${id} and reader_id = ${readerId} returning id`)) > 0;
}
