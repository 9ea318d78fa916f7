// Boards: stories of a span without a reader in mind, with what their position is reckoned from. Counted by a job, and kept.
import { newsworthiness, type NewsFacts } from '../newsworthiness.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { prepared, sql, type Queryable } from '../db.ts';
import { savedSignals } from '../signal-kinds.ts';
import { hasAired } from './aired.ts';
import { communityPoints, newsletterCount } from './mentions.ts';
import { isHeard } from './sources.ts';
import { voice } from './voice.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** What stories may be in order of: when they were published, how much they are news, how many readers saved them. */
export const boardNames = ['recent', 'hype', 'saved'] as const;
export type BoardName = (typeof boardNames)[number];
/** The newest are read from an index whenever somebody asks (`recent-stories.ts`); the others read all of their span. */
const countedBoards = ['hype', 'saved'] as const satisfies readonly BoardName[];
type CountedBoard = (typeof countedBoards)[number];

/** The spans there are, `all` without an end; a long one changes slowly and reads much, so it is counted less often. */
export const boardSpans = [
  { key: '3-days', days: 3, everyMinutes: 10 },
  { key: 'week', days: 7, everyMinutes: 10 },
  { key: 'month', days: 30, everyMinutes: 60 },
  { key: 'year', days: 365, everyMinutes: 360 },
  { key: 'all', days: Infinity, everyMinutes: 1440 },
] as const;
export type BoardSpan = (typeof boardSpans)[number];

/** A board that is counted. */
export interface Board {
  name: CountedBoard;
  span: BoardSpan;
}

/** Each of them in each span. */
export const allBoards: readonly Board[] = boardSpans.flatMap((span) => countedBoards.map((name) => ({ name, span })));

export interface BoardStory extends NewsFacts {
  storyId: number;
  title: string;
  lang: string;
  kind: StoryItemKind;
  source: string;
}

type Candidate = NewsFacts & { storyId: number };

/** With so many of the most told and most saved, the top fifty by the formula are among them: freshness adds at most 1. */
const candidates = 2000;
/** Twice as many as are shown: some are muted or go before the board is counted again. */
const keptAtMost = 60;

/** The beginning of a span: what was published since belongs to it. */
export function beginOf({ days }: BoardSpan, now: Date): Date {
  return new Date(days === Infinity ? 0 : now.getTime() - days * dayMs);
}

/** The boards that were never counted, or too long ago. */
export async function boardsDue(db: Queryable, now: Date): Promise<Board[]> {
  const rows = await db.rows<{ key: string; countedAt: Date }>(
    sql`select board || ' ' || span as key, counted_at from boards`,
  );
  const countedAt = new Map(rows.map((row) => [row.key, row.countedAt.getTime()]));
  return allBoards.filter(({ name, span }) => {
    const at = countedAt.get(`${name} ${span.key}`);
    return at === undefined || now.getTime() - at >= span.everyMinutes * 60_000;
  });
}

/** Counts a board and keeps its best. */
export async function countBoard(db: Queryable, { name, span }: Board, now: Date): Promise<void> {
  const stories = await factsOf(db, { since: beginOf(span, now), board: name });
  const best = inOrder(stories, name, now).slice(0, keptAtMost);
  await db.run(sql`
    insert into boards (board, span, counted_at, stories) values (${name}, ${span.key}, ${now}, ${toJson(best)}::jsonb)
    on conflict (board, span) do update set counted_at = excluded.counted_at, stories = excluded.stories`);
}

/** A board as it was counted last, in the order of now; empty before the first time. */
export async function keptBoard(
  db: Queryable,
  { name, span, now }: { name: CountedBoard; span: BoardSpan['key']; now: Date },
): Promise<BoardStory[]> {
  const board = await db.row<{ ids: number[] }>(sql`
    select array(select (story->>'storyId')::int from jsonb_array_elements(stories) as story) as ids
    from boards where board = ${name} and span = ${span}`);
  return inOrder(await boardStories(db, board?.ids ?? []), name, now);
}

/** What a board says of these stories, in no order. */
export async function boardStories(db: Queryable, ids: readonly number[]): Promise<BoardStory[]> {
  // What is told of each is as it is now, as on its own page: another source may have joined it since the board was counted.
  const facts = ids.length > 0 ? await factsOf(db, { ids }) : [];
  const kept = new Map(facts.map((story) => [story.storyId, story]));
  // Title and source as they are now: a story that went since, whose paper was withdrawn or whose source was muted, is left out.
  const rows = await db.rows<Omit<BoardStory, keyof NewsFacts>>(sql`
    select stories.id as story_id, items.title, items.lang, items.kind, sources.title as source
    from stories
    join items on items.id = headline_item_id and not items.withdrawn
    join sources on sources.id = items.source_id and ${isHeard}
    where stories.id = any(${[...kept.keys()]}::int[])`);
  return rows.map((row) => ({ ...kept.get(row.storyId)!, ...row }));
}

/** A board's best first, without what does not belong to it: a save may have been taken back since it was counted. */
function inOrder<Story extends Candidate>(stories: readonly Story[], name: CountedBoard, now: Date): Story[] {
  return name === 'saved' ? bySaves(stories.filter(({ saves }) => saves > 0)) : byWorth(stories, now);
}

function bySaves<Story extends Candidate>(stories: readonly Story[]): Story[] {
  return stories.toSorted(
    (a, b) => b.saves - a.saves || b.newest.getTime() - a.newest.getTime() || a.storyId - b.storyId,
  );
}

function byWorth<Story extends Candidate>(stories: readonly Story[], now: Date): Story[] {
  const worth = new Map(stories.map((story) => [story, newsworthiness(story, now)]));
  return stories.toSorted((a, b) => worth.get(b)! - worth.get(a)! || a.storyId - b.storyId);
}

/** The stories with an item published since, or these stories, the most told (of those saved the most saved) first; what muted sources publish and what is not on air yet does not count. */
function factsOf(
  db: Queryable,
  wanted: { since: Date; board: CountedBoard } | { ids: readonly number[] },
): Promise<Candidate[]> {
  const isSavedBoard = 'board' in wanted && wanted.board === 'saved';
  const first = isSavedBoard ? sql`saves desc, newest desc` : sql`weighed.sources desc, saves desc, newest desc`;
  const isSaved = isSavedBoard
    ? sql`and story_id in (select signals.story_id from signals where signals.kind = any(${savedSignals}::text[]))`
    : sql``;
  const [isWanted, isNew] =
    'ids' in wanted
      ? [sql`story_id = any(${wanted.ids}::int[])`, sql`true`]
      : [
          sql`story_id in (select story_id from story_items join items as fresh on fresh.id = item_id where fresh.published_at >= ${wanted.since})`,
          sql`newest >= ${wanted.since}`,
        ];
  return db.rows(prepared`
    with heard as (
      select story_id, ${voice} as voice, weight, published_at, items.kind
      from items
      join story_items on story_items.item_id = items.id
      join sources on sources.id = source_id and ${isHeard}
      where items.gone_at is null and ${hasAired} and ${isWanted} ${isSaved}
    ),
    told as (select story_id, max(published_at) as newest, count(distinct kind)::int as kinds from heard group by story_id),
    weighed as (
      select story_id, count(*) as sources, array_agg(weight) as weights
      from (select story_id, max(weight) as weight from heard group by story_id, voice) as voices group by story_id)
    select told.story_id, told.kinds, told.newest, saves, ${newsletterCount} as newsletters, ${communityPoints} as points, weighed.weights
    from told
    join weighed on weighed.story_id = told.story_id
    cross join lateral (
      select count(*)::int as saves from signals where signals.story_id = told.story_id and signals.kind = any(${savedSignals}::text[])) as saved
    join stories on stories.id = told.story_id
    join items on items.id = headline_item_id
    join sources on sources.id = items.source_id
    where ${isNew}
    order by ${first}, told.story_id limit ${candidates}`);
}
