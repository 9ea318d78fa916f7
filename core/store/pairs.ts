// Pairs: "this or that?", two stories a letter asks its reader about, and what they answered.
import { sql, type Queryable } from '../db.ts';
import { storyNow } from './addresses.ts';

/** Two stories of a pool that were not picked, in the order they are shown. */
export interface Pair {
  left: number;
  right: number;
  /** By how much the left one scored above the right one without earlier answers, in standard deviations of the reader's scores. */
  alone: number;
  /** The same with them; null where there were none. */
  informed: number | null;
  /** Drawn by lot, so that it tells how well answers are foreseen. */
  byLot: boolean;
}

/** An answer as the ranker learns from it. */
export interface PairChoice {
  chosenId: number;
  otherId: number;
  /** By how much the chosen one scored above the other without earlier answers. */
  alone: number;
  at: Date;
}

/** A pair as its reader looks at it. */
export interface AskedPair {
  issueId: number;
  number: number;
  /** As the letter named them, the left one first. */
  asked: readonly [number, number];
  /** What they are now: one that was joined to another is that one. */
  stories: { id: number; title: string; lang: string }[];
  /** Which one they would rather read; null while they did not say. */
  chosenId: number | null;
}

/** The pair that a letter asked this reader about, by the name of its issue; undefined where it asked nothing, or no story of it is left. */
export async function askedPair(
  db: Queryable,
  { readerId, slug }: { readerId: number; slug: string },
): Promise<AskedPair | undefined> {
  const row = await db.row<{
    issueId: number;
    number: number;
    left: number;
    right: number;
    chosenId: number | null;
  }>(sql`
    select issues.id as issue_id, number, pair_left as left, pair_right as right,
      (select chosen_id from pair_answers where reader_id = picks.reader_id and issue_id = picks.issue_id) as chosen_id
    from picks join issues on issues.id = issue_id
    where reader_id = ${readerId} and slug = ${slug} and status in ('sending', 'sent') and pair_left is not null`);
  if (!row) return undefined;
  const { left, right, ...pair } = row;
  // Either may have been joined to another story since, or both to the same.
  const [one, other] = [await storyNow(db, left), await storyNow(db, right)];
  if (typeof one !== 'number' || typeof other !== 'number' || one === other) return undefined;
  const stories = await db.rows<AskedPair['stories'][number]>(sql`
    select stories.id, coalesce(items.title, '(no title)') as title, coalesce(items.lang, 'en') as lang
    from stories left join items on items.id = headline_item_id
    where stories.id in (${one}, ${other}) order by stories.id <> ${one}::int`);
  return { ...pair, asked: [left, right], stories };
}

/** The two stories that the letter of this reader asks about, as they are shown; null where it asks nothing. */
export async function pairFor(
  db: Queryable,
  { issueId, contentHash, readerId }: { issueId: number; contentHash: string; readerId: number },
): Promise<readonly [number, number] | null> {
  const row = await db.row<{ left: number; right: number }>(sql`
    select pair_left as left, pair_right as right from picks
    where issue_id = ${issueId} and content_hash = ${contentHash} and reader_id = ${readerId} and pair_left is not null`);
  return row ? [row.left, row.right] : null;
}

interface GivenAnswer {
  readerId: number;
  issueId: number;
  chosenId: number;
  otherId: number;
  at: Date;
}

/** Keeps an answer with what was foreseen of it; another answer to the same letter takes its place. */
export async function savePairChoice(
  db: Queryable,
  { readerId, issueId, chosenId, otherId, at }: GivenAnswer,
): Promise<void> {
  await db.run(sql`
    with asked as (
      select case when left_now.story_id = ${chosenId}::int then 1 else -1 end as sign, pair_alone, pair_informed, pair_by_lot
      from picks cross join lateral (
        select coalesce(stories.id, story_items.story_id) as story_id
        from (select pair_left as id) as shown
        left join stories on stories.id = shown.id
        left join former_stories on former_stories.id = shown.id
        left join story_items on story_items.item_id = former_stories.item_id) as left_now
      where issue_id = ${issueId} and reader_id = ${readerId} and pair_left is not null)
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, informed, by_lot, at)
    select ${readerId}, ${issueId}, ${chosenId}, ${otherId}, sign * pair_alone, sign * pair_informed, pair_by_lot, ${at} from asked
    on conflict (reader_id, issue_id) do update set chosen_id = excluded.chosen_id, other_id = excluded.other_id,
      alone = excluded.alone, informed = excluded.informed, at = excluded.at`);
}

/** An answer as its reader looks at it. */
export interface GivenChoice {
  issueId: number;
  slug: string;
  number: number;
  at: Date;
  chosenId: number;
  chosen: string;
  otherId: number;
  other: string;
  /** The letter's question is still kept, so that the answer can be given once more. */
  isOpen: boolean;
}

/** The newest answers of a reader, with the titles of both stories. */
export function listPairChoices(db: Queryable, readerId: number, limit: number): Promise<GivenChoice[]> {
  return db.rows<GivenChoice>(sql`
    select issues.id as issue_id, slug, number, at, chosen_id, other_id,
      coalesce(chosen_item.title, '(no title)') as chosen, coalesce(other_item.title, '(no title)') as other,
      exists (select 1 from picks where picks.reader_id = pair_answers.reader_id and picks.issue_id = issues.id and pair_left is not null) as is_open
    from pair_answers join issues on issues.id = issue_id
    join stories as chosen_story on chosen_story.id = chosen_id left join items as chosen_item on chosen_item.id = chosen_story.headline_item_id
    join stories as other_story on other_story.id = other_id left join items as other_item on other_item.id = other_story.headline_item_id
    where reader_id = ${readerId} order by at desc, issues.id desc limit ${limit}`);
}

/** Takes an answer back. */
export async function removePairChoice(
  db: Queryable,
  { readerId, issueId }: { readerId: number; issueId: number },
): Promise<void> {
  await db.run(sql`delete from pair_answers where reader_id = ${readerId} and issue_id = ${issueId}`);
}

/** How many answers there are, and of those to pairs drawn by lot how many the ranker foresaw; ties count half. */
export interface PairFigures {
  answers: number;
  readers: number;
  /** Of pairs drawn by lot, from readers who had answered before: foreseen without, and with, their earlier answers. */
  informed: { answers: number; alone: number; informed: number };
  /** Of all pairs drawn by lot: foreseen without earlier answers. */
  byLot: { answers: number; alone: number };
}

/** Over all answers that are kept. */
export async function pairFigures(db: Queryable): Promise<PairFigures> {
  const row = await db.row<
    Record<'answers' | 'readers' | 'byLot' | 'byLotAlone' | 'compared' | 'comparedAlone' | 'comparedInformed', number>
  >(sql`
    select count(*)::int as answers, count(distinct reader_id)::int as readers,
      count(*) filter (where by_lot)::int as by_lot,
      coalesce(sum((1 + sign(alone)) / 2) filter (where by_lot), 0)::float8 as by_lot_alone,
      count(*) filter (where by_lot and informed is not null)::int as compared,
      coalesce(sum((1 + sign(alone)) / 2) filter (where by_lot and informed is not null), 0)::float8 as compared_alone,
      coalesce(sum((1 + sign(informed)) / 2) filter (where by_lot and informed is not null), 0)::float8 as compared_informed
    from pair_answers`);
  const { answers, readers, byLot, byLotAlone, compared, comparedAlone, comparedInformed } = row!;
  return { answers, readers, byLot: { answers: byLot, alone: byLotAlone }, informed: { answers: compared, alone: comparedAlone, informed: comparedInformed } }; // prettier-ignore
}
