// What a question finds in the index of the search, and what is shown of it. What is stored there is search-texts.ts.
import { sql, type Queryable, type Sql } from '../db.ts';
import type { ItemKind } from '../item-kinds.ts';
import { hasAired } from './aired.ts';
import { isHeard } from './sources.ts';
import { toFloats } from './vectors.ts';

/** An item, or a stretch of its transcript. */
export interface Passage {
  itemId: number;
  segment: number;
}

export interface SearchFilters {
  kind?: ItemKind | undefined;
  sourceId?: number | undefined;
  topicId?: number | undefined;
  section?: string | undefined;
  year?: number | undefined;
}

/** What is known of every passage that was found. */
export interface FoundPassage extends Passage {
  /** Null of what is in no story, such as an archive's posts and newsletters. */
  storyId: number | null;
  kind: ItemKind;
  sourceId: number;
  source: string;
  topicId: number | null;
  topic: string | null;
  /** That of the newest issue it stood in. */
  section: string | null;
  year: number;
}

export interface ShownPassage extends Passage {
  title: string;
  url: string;
  lang: string;
  authors: string[];
  publishedAt: Date;
  withdrawn: boolean;
  /** The item's own, or the stretch's. */
  text: string;
  /** Where the stretch begins; null of the item itself, and of transcripts without times. */
  startS: number | null;
}

/** Title, then authors and source, then text (ts_rank counts D first). */
const weights = '{0.1, 0.1, 0.4, 1}';
const mostRanked = 500;
/** A passage farther on is not looked for a sentence. */
const shownText = 12_000;

/** The words without endings in each of the configurations, of those words that have any. */
export async function lexemesOf(
  db: Queryable,
  words: readonly string[],
  configs: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db.rows<{ word: string; lexemes: string[] }>(sql`
    select word, array_agg(distinct lexeme order by lexeme) as lexemes
    from unnest(${words}::text[]) as word
    cross join unnest(${configs}::text[]) as config
    cross join lateral unnest(tsvector_to_array(to_tsvector(config::regconfig, word))) as lexeme
    group by word`);
  return new Map(rows.map(({ word, lexemes }) => [word, lexemes]));
}

/** Those of these questions (tsquery) that at least one text answers. */
export async function answeredOf(db: Queryable, questions: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ question: string }>(sql`
    select question from unnest(${questions}::text[]) as question
    where exists (select 1 from search_texts where words @@ question::tsquery)`);
  return new Set(rows.map(({ question }) => question));
}

/**
 * The passages whose `column` answers a question (tsquery), best first: ts_rank, divided by 1 + log of the length. Of more than
 * `mostRanked` the newest are ranked: a common word is in a third of all texts, and to rank one is to read it.
 */
export function textHits(
  db: Queryable,
  {
    question,
    column,
    filters,
    limit,
  }: { question: string; column: 'names' | 'words'; filters: SearchFilters; limit: number },
): Promise<Passage[]> {
  const words = column === 'names' ? sql`hit.names` : sql`hit.words`;
  return db.rows<Passage>(sql`
    select hit.item_id, hit.segment from (
      select hit.item_id, hit.segment, ${words} from search_texts as hit ${joined(filters)}
      where ${words} @@ ${question}::tsquery ${conditions(filters)}
      order by hit.item_id desc, hit.segment limit ${mostRanked}) as hit
    order by ts_rank(${weights}, ${words}, ${question}::tsquery, 1) desc, hit.item_id desc, hit.segment limit ${limit}`);
}

/** The items that pass the filters, newest first; at most `limit`, of all or of those `among` which. */
export async function openItems(
  db: Queryable,
  filters: SearchFilters,
  { among, limit }: { among?: readonly number[]; limit: number },
): Promise<number[]> {
  const rows = await db.rows<{ itemId: number }>(sql`
    select hit.item_id from search_texts as hit ${joined(filters)}
    where hit.segment = 0 ${among ? sql`and hit.item_id = any(${among}::int[])` : sql``} ${conditions(filters)}
    order by hit.item_id desc limit ${limit}`);
  return rows.map(({ itemId }) => itemId);
}

/** False when they let everything pass. */
export function hasFilters(filters: SearchFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

function joined(filters: SearchFilters): Sql {
  return hasFilters(filters)
    ? sql`join items on items.id = hit.item_id
        left join story_items on story_items.item_id = items.id left join stories on stories.id = story_id`
    : sql``;
}

function conditions({ kind, sourceId, topicId, section, year }: SearchFilters): Sql {
  const asked = [
    ...(kind === undefined ? [] : [sql`items.kind = ${kind}`]),
    ...(sourceId === undefined ? [] : [sql`items.source_id = ${sourceId}`]),
    ...(topicId === undefined ? [] : [sql`stories.topic_id = ${topicId}`]),
    ...(section === undefined
      ? []
      : [
          sql`exists (select 1 from stories_of_issues where stories_of_issues.story_id = stories.id and section = ${section})`,
        ]),
    ...(year === undefined
      ? []
      : [
          sql`items.published_at >= make_date(${year}::int, 1, 1) and items.published_at < make_date(${year}::int + 1, 1, 1)`,
        ]),
  ];
  return asked.reduce((all, one) => sql`${all} and ${one}`, sql``);
}

/** The vectors of these passages in `model`, in their order; undefined of those without one. */
export async function vectorsOfPassages(
  db: Queryable,
  model: string,
  passages: readonly Passage[],
): Promise<(Float32Array | undefined)[]> {
  // In one value: a row each takes the embedded database three times as long.
  const row = await db.row<{ at: number[]; vectors: string | null }>(sql`
    select coalesce(array_agg(asked.at::int order by asked.at), '{}') as at,
      encode(string_agg(vector, '' order by asked.at), 'base64') as vectors
    from ${asTable(passages)} join vectors on model = ${model} and vectors.item_id = asked.item_id and vectors.segment = asked.segment`);
  const found: (Float32Array | undefined)[] = passages.map(() => undefined);
  if (!row || row.vectors === null) return found;
  const all = toFloats(Buffer.from(row.vectors, 'base64'));
  const dimension = all.length / row.at.length;
  row.at.forEach((at, n) => (found[at - 1] = all.subarray(n * dimension, (n + 1) * dimension)));
  return found;
}

/** Places with their stories, in their order; those are left out that may not be shown: gone, muted, or not yet on air. */
export function foundPassages(db: Queryable, passages: readonly Passage[]): Promise<FoundPassage[]> {
  return db.rows<FoundPassage>(sql`
    with found as materialized (
      select asked.at, asked.item_id, asked.segment, story_id, items.kind, source_id, sources.title as source,
        extract(year from published_at)::int as year
      from ${asTable(passages)}
      join items on items.id = asked.item_id and gone_at is null and ${hasAired}
      join sources on sources.id = source_id and ${isHeard}
      left join story_items on story_items.item_id = items.id
    ), placed as materialized (
      select distinct on (story_id) story_id, section from stories_of_issues
      where story_id = any(array(select story_id from found)) order by story_id, issue_id desc
    )
    select item_id, segment, found.story_id, kind, source_id, source, topic_id, topics.name as topic, section, year
    from found
    left join stories on stories.id = found.story_id
    left join topics on topics.id = topic_id
    left join placed on placed.story_id = found.story_id
    order by at`);
}

/** What a page shows of these passages, in their order. */
export function showPassages(db: Queryable, passages: readonly Passage[]): Promise<ShownPassage[]> {
  return db.rows<ShownPassage>(sql`
    select asked.item_id, asked.segment, title, url, lang, authors, published_at, withdrawn, start_s,
      left(case when asked.segment = 0 then items.text else coalesce(segments.text, '') end, ${shownText}) as text
    from ${asTable(passages)}
    join items on items.id = asked.item_id
    left join segments on segments.item_id = asked.item_id and position = asked.segment
    order by asked.at`);
}

function asTable(passages: readonly Passage[]): Sql {
  const items = passages.map(({ itemId }) => itemId);
  const segments = passages.map(({ segment }) => segment);
  return sql`unnest(${items}::int[], ${segments}::int[]) with ordinality as asked(item_id, segment, at)`;
}
