// What a question finds in the index of the search, and what is shown of it. What is stored there is search-texts.ts.
import { sql, type Database, type Queryable, type Sql } from '../db.ts';
import type { ItemKind } from '../item-kinds.ts';
import { hasAired } from './aired.ts';
import { byIndex } from './table-statistics.ts';
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

/** The same as the index has it: topic and section by their items, since both change without it. */
export interface RowFilter extends Pick<SearchFilters, 'kind' | 'sourceId' | 'year'> {
  items?: readonly number[] | undefined;
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

/** The item that a story goes by. */
interface Headline {
  title: string;
  lang: string;
  withdrawn: boolean;
  kind: ItemKind;
  source: string;
  authors: string[];
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
  kind: ItemKind;
  /** What its story goes by, when that is another item. */
  headline: Headline | null;
}

/** Of those that answer the newest are ranked, since each is read for it: titles are short, texts are not. */
const mostRanked = { names: 300, words: 200 };
/** Of what a question names by its number or address; a paper's own page may be an item of several sources. */
const mostNamed = 20;
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
  const rows = await db.rows<{ question: string }>(sql`select search_answered(${questions}::text[]) as question`);
  return new Set(rows.map(({ question }) => question));
}

/** The passages whose `column` answers a question (tsquery), best first: ts_rank, divided by 1 + log of the length. */
export function textHits(
  db: Queryable,
  {
    question,
    column,
    filter: { kind, sourceId, year, items },
    limit,
  }: { question: string; column: 'names' | 'words'; filter: RowFilter; limit: number },
): Promise<Passage[]> {
  return db.rows<Passage>(sql`
    select item_id, segment from search_hits(${question}::tsquery, ${column === 'names'}, ${kind ?? null}, ${sourceId ?? null},
      ${year ?? null}, ${items ? `{${items.join(',')}}` : null}::int[], ${mostRanked[column]}, ${limit})`);
}

/** What goes by one of these keys, a paper before what goes by its number, too; whether it may be shown is seen later. */
export function itemsOfKeys(
  db: Queryable,
  keys: readonly string[],
  { kind, sourceId, year, items }: RowFilter,
): Promise<Passage[]> {
  return db.rows<Passage>(sql`
    select id as item_id, 0 as segment from items
    where keys && ${keys}::text[] and gone_at is null and not is_background
      and (${kind ?? null}::text is null or kind = ${kind ?? null}) and (${sourceId ?? null}::int is null or source_id = ${sourceId ?? null})
      and (${year ?? null}::int is null or extract(year from published_at)::int = ${year ?? null})
      and (${items ?? null}::int[] is null or id = any(${items ?? null}::int[]))
    order by kind = 'paper' desc, id limit ${mostNamed}`);
}

/** The items of a topic, a section or both; undefined when neither is asked for. */
export async function itemsOfFilters(db: Database, { topicId, section }: SearchFilters): Promise<number[] | undefined> {
  if (topicId === undefined && section === undefined) return undefined;
  const inTopic = topicId === undefined ? sql`` : sql`and stories.topic_id = ${topicId}`;
  const inSection =
    section === undefined
      ? sql``
      : sql`and stories.id in (select story_id from stories_of_issues where section = ${section})`;
  // In one value: rows of their own take the embedded database ten times as long.
  const row = await byIndex(db, (tx) =>
    tx.row<{ packed: string | null }>(sql`
      select encode(string_agg(int4send(item_id), ''), 'base64') as packed
      from stories join story_items on story_id = stories.id where true ${inTopic} ${inSection}`),
  );
  const packed = Buffer.from(row!.packed ?? '', 'base64');
  return Array.from({ length: packed.length / 4 }, (_, at) => packed.readInt32BE(4 * at));
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
export async function foundPassages(db: Queryable, passages: readonly Passage[]): Promise<FoundPassage[]> {
  // In one value: rows of their own take the embedded database as long as all the rest.
  const row = await db.row<{ found: FoundPassage[] }>(sql`
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
    select coalesce(json_agg(shown order by at), '[]') as found from (
      select at, item_id as "itemId", segment, found.story_id as "storyId", kind, source_id as "sourceId", source,
        topic_id as "topicId", topics.name as topic, section, year
      from found
      left join stories on stories.id = found.story_id
      left join topics on topics.id = topic_id
      left join placed on placed.story_id = found.story_id) as shown`);
  return row!.found;
}

/** What a page shows of these passages, in their order. */
export function showPassages(db: Queryable, passages: readonly Passage[]): Promise<ShownPassage[]> {
  return db.rows<ShownPassage>(sql`
    select asked.item_id, asked.segment, title, url, lang, authors, published_at, withdrawn, start_s, kind,
      (select json_build_object('title', head.title, 'lang', head.lang, 'withdrawn', head.withdrawn, 'kind', head.kind,
         'source', sources.title, 'authors', head.authors)
       from story_items join stories on stories.id = story_id join items as head on head.id = headline_item_id
         join sources on sources.id = head.source_id
       where story_items.item_id = items.id and head.id <> items.id) as headline,
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
