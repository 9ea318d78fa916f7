// Items as the cleaning in ingest leaves them: saved, updated with their history, never twice.
import { saysElse } from './item-changes.ts';
import { sql, type Queryable, type Sql } from '../db.ts';
import type { ItemKind, StoryItemKind } from '../item-kinds.ts';
import type { Mention } from './mentions.ts';
import { toJson } from '../storable.ts';

/** New to arXiv, new to this list, or a new version of what was announced before. */
export type ArxivAnnouncement = 'new' | 'cross' | 'replace';

/** An item of a story as every card and page names it. */
export interface ShownItem {
  id: number;
  kind: StoryItemKind;
  title: string;
  url: string;
  source: string;
  authors: string[];
  lang: string;
  /** How a list of arXiv announced it. */
  announced: ArxivAnnouncement | null;
  /** Of a paper, as arXiv counts. */
  version: number | null;
  /** Taken back by its authors. */
  withdrawn: boolean;
}

type TranscriptState = 'pending' | 'upcoming' | 'ok' | 'none' | 'blocked' | 'failed';

/** A stretch of a talk about one thing. */
export interface Segment {
  /** Null where a transcript tells no times. */
  startS: number | null;
  text: string;
}

/** A transcript that a publisher offers at an address. */
export interface TranscriptLink {
  url: string;
  /** As it is said to be, such as `text/vtt`. */
  type: string | null;
  language: string | null;
}

/** States of an item that are kept, the newest of those it had. */
const mostHistory = 20;

/** A cleaned item; `guid` is its identity within its source. */
export interface NewItem {
  guid: string;
  kind: ItemKind;
  url: string;
  keys: string[];
  mentions: string[];
  title: string;
  authors: string[];
  text: string;
  html: string;
  lang: string;
  imageUrl: string | null;
  durationS: number | null;
  publishedAt: Date;
  /** Its date is only when it was first seen. */
  isUndated?: boolean;
  /** It is undated, and `publishedAt` is when it was changed last. */
  isDatedByUpdate?: boolean;
  contentHash: string;
  /** Of a digest: its links. */
  links?: Mention[];
  /** No news when it arrived: stored and searched, and in a story only by a link. */
  isBackground?: boolean;
  transcriptState: TranscriptState | null;
  /** Of a paper, as arXiv counts. */
  version?: number;
  /** The publisher's own, such as cs.CL. */
  categories?: string[];
  /** How a list of arXiv announced it. */
  announced?: ArxivAnnouncement;
  /** Taken back by its authors; undefined where the response could not say. */
  withdrawn?: boolean;
  /** What a community of readers gave it, as its list last said. */
  points?: number;
  /** A change of something older, which is no news: saved only where the item is here already. */
  isRevision?: boolean;
  /** Only of a transcript that came with the item; those fetched later go through `saveTranscript` of transcripts.ts. */
  segments?: Segment[];
  /** The best first. */
  transcriptLinks?: TranscriptLink[];
}

/** Whose items they are, and when they were read. */
export interface ItemOrigin {
  sourceId: number;
  at: Date;
}

/**
 * Saves the items of a source: adds the new, changes those whose content or version differs, leaves the rest.
 * What an item was goes to its history, its vectors are deleted, and its story counts as changed. Identifiers learned
 * elsewhere are added without a word. An item keeps its earliest date, so that an edit is no news.
 */
export async function saveItems(
  db: Queryable,
  { sourceId, at }: ItemOrigin,
  items: NewItem[],
): Promise<{ added: number; changed: number }> {
  const counts = await db.row<{ added: number; changed: number }>(sql`
    with ${givenItems(lastOfEach(items))}, ${standingItems(sourceId)}, ${upsert({ sourceId, at })}, ${afterChange(at)}, ${insertedSegments}, ${linked}, ${unlinked},
      ${silent}, ${learned}, ${offered}
    select (count(*) filter (where added))::int as added, (count(*) filter (where not added))::int as changed
    from saved`);
  return counts!;
}

/**
 * Saves the items of a source that has none yet: planning `saveItems` for ten items takes 6 ms on PGlite, this 2 ms.
 * Where something is here after all, it comes to the same as `saveItems`.
 */
export async function addItems(
  db: Queryable,
  { sourceId, at }: ItemOrigin,
  items: NewItem[],
): Promise<{ added: number; changed: number }> {
  const news = lastOfEach(items).filter(({ isRevision }) => !isRevision);
  const row = await db.row<{ added: number }>(sql`
    with ${givenItems(news)}, saved as (
      ${insertGiven({ sourceId, at })} from given on conflict (source_id, guid) do nothing returning id, guid
    ), ${insertedSegments}, ${linked}
    select count(*)::int as added from saved`);
  const { added } = row!;
  if (added === news.length) return { added, changed: 0 };
  const rest = await saveItems(db, { sourceId, at }, items);
  return { added: added + rest.added, changed: rest.changed };
}

/** Of what has one guid the last counts. */
function lastOfEach(items: readonly NewItem[]): NewItem[] {
  return [...new Map(items.map((item) => [item.guid, item])).values()];
}

function givenItems(items: readonly NewItem[]): Sql {
  return sql`given as (
    select *, array(select jsonb_array_elements_text(keys)) as given_keys,
      array(select jsonb_array_elements_text(mentions)) as given_mentions,
      array(select jsonb_array_elements_text(coalesce(categories, '[]'))) as given_categories
    from jsonb_to_recordset(${toJson(items)}::jsonb) as i(
      guid text, kind text, url text, keys jsonb, mentions jsonb, title text, authors jsonb, text text, html text,
      lang text, "imageUrl" text, "durationS" integer, "publishedAt" timestamptz, "contentHash" text,
      "transcriptState" text, segments jsonb, version integer, categories jsonb,
      announced text, "isRevision" boolean, "isBackground" boolean, links jsonb, withdrawn boolean, "transcriptLinks" jsonb, points integer)
  )`;
}

/** What is here under a given guid, and whether what is given changes it: an older version that comes late does not. */
function standingItems(sourceId: number): Sql {
  return sql`before as (
    select items.id, items.guid, items.version, items.title, items.text, items.content_hash,
      coalesce(given.version >= items.version, true)
        and (given."contentHash" <> items.content_hash or coalesce(given.version > items.version, false)
          or coalesce(given.withdrawn <> items.withdrawn, false)) as changes,
      -- A later version that does not say so stands again.
      coalesce(given.withdrawn, items.withdrawn and not coalesce(given.version > items.version, false)) as withdrawn
    from items join given using (guid) where source_id = ${sourceId}
  )`;
}

function upsert(saving: ItemOrigin): Sql {
  return sql`saved as (
    ${insertGiven(saving, sql`coalesce(before.withdrawn, given.withdrawn, false)`)} from given left join before using (guid)
    where before.changes or (before.id is null and "isRevision" is not true)
    on conflict (source_id, guid) do update set
      kind = case when items.kind = 'digest' or excluded.kind = 'digest' then items.kind else excluded.kind end, url = excluded.url, keys = ${union(sql`items.keys`, sql`excluded.keys`)},
      mentions = case when excluded.kind = 'paper'
        then ${union(sql`items.mentions`, sql`excluded.mentions`)} else excluded.mentions end,
      title = excluded.title, authors = excluded.authors, text = excluded.text, html = excluded.html,
      lang = excluded.lang, image_url = excluded.image_url, duration_s = excluded.duration_s,
      published_at = case when items.airs_at is null then least(items.published_at, excluded.published_at) else items.published_at end, content_hash = excluded.content_hash,
      version = greatest(items.version, excluded.version), withdrawn = excluded.withdrawn,
      categories = ${union(sql`items.categories`, sql`excluded.categories`)},
      announced = case excluded.announced when 'replace' then 'replace' else coalesce(items.announced, excluded.announced) end,
      points = coalesce(excluded.points, items.points), transcript_links = excluded.transcript_links, ${transcriptDue(sql`excluded.transcript_links`)},
      updated_at = excluded.updated_at
    where items.content_hash <> excluded.content_hash or coalesce(excluded.version > items.version, false)
      or items.withdrawn <> excluded.withdrawn
    -- A row nobody has updated has no xmax.
    returning id, guid, xmax = 0 as added
  )`;
}

function insertGiven({ sourceId, at }: ItemOrigin, withdrawn = sql`coalesce(given.withdrawn, false)`): Sql {
  return sql`
    insert into items (source_id, guid, kind, url, keys, mentions, title, authors, text, html, lang, image_url,
      duration_s, published_at, content_hash, transcript_state, version, categories, announced, withdrawn,
      transcript_links, points, is_background, created_at, updated_at)
    select ${sourceId}, guid, kind, url, given_keys, given_mentions, given.title,
      array(select jsonb_array_elements_text(authors)), given.text, html, lang, "imageUrl", "durationS",
      "publishedAt", "contentHash", "transcriptState", given.version, given_categories, announced, ${withdrawn},
      "transcriptLinks", points, coalesce("isBackground", false), ${at}::timestamptz, ${at}::timestamptz`;
}

/** A change leaves what was in the history, moves the story, and makes vectors stale. */
const afterChange = (at: Date): Sql => sql`remembered as (
    insert into item_history (item_id, at, version, title, text, content_hash, is_news)
    select before.id, ${at}::timestamptz, before.version, before.title, before.text, before.content_hash,
      ${saysElse({ title: sql`given.title`, text: sql`given.text` }, { title: sql`before.title`, text: sql`before.text` })}
    from before join saved using (id) join given on given.guid = before.guid where not added
    on conflict do nothing
  ), forgotten as (
    -- A page with a clock in it changes at every look.
    delete from item_history using saved where item_id = saved.id and at <= (
      select at from item_history older where older.item_id = saved.id order by at desc offset ${mostHistory - 1} limit 1)
  ), moved as (
    update stories set changed_at = ${at} from story_items join saved on item_id = saved.id and not added
    where stories.id = story_id
  ), stale as (
    delete from vectors using saved where vectors.item_id = saved.id and not saved.added
  )`;

const insertedSegments = sql`spelled as (
    insert into segments (item_id, position, start_s, text)
    select saved.id, spoken.position, (spoken.value ->> 'startS')::integer, spoken.value ->> 'text'
    from saved join given using (guid), jsonb_array_elements(given.segments) with ordinality as spoken(value, position)
    on conflict (item_id, position) do update set start_s = excluded.start_s, text = excluded.text
  )`;

const linked = sql`linked as (
    insert into mentions (item_id, position, key, url, paragraph)
    select saved.id, one.position, one.value ->> 'key', one.value ->> 'url', one.value ->> 'paragraph'
    from saved join given using (guid), jsonb_array_elements(given.links) with ordinality as one(value, position)
    on conflict (item_id, position) do update set key = excluded.key, url = excluded.url, paragraph = excluded.paragraph
  )`;

const unlinked = sql`unlinked as (
    delete from mentions using saved join given using (guid)
    where mentions.item_id = saved.id and mentions.position > jsonb_array_length(given.links)
  )`;

const silent = sql`silent as (
    delete from segments using saved join given using (guid)
    where segments.item_id = saved.id and segments.position > jsonb_array_length(given.segments)
  )`;

/** Another response about the same paper may know its DOI, its code, or one more list. */
const learned = sql`learned as (
    update items set keys = ${union(sql`items.keys`, sql`given_keys`)},
      mentions = ${union(sql`items.mentions`, sql`given_mentions`)},
      categories = ${union(sql`items.categories`, sql`given_categories`)},
      version = coalesce(items.version, given.version), announced = coalesce(items.announced, given.announced)
    from given join before using (guid)
    where items.id = before.id and not before.changes and given.kind = 'paper'
      and not (items.keys @> given_keys and items.mentions @> given_mentions and items.categories @> given_categories
        and (given.version is null or items.version is not null)
        and (given.announced is null or items.announced is not null))
  )`;

/**
 * Other addresses are tried from the start, and none are no longer tried. What differs in a query only, as a signature does
 * at every look, is the same transcript once it was read.
 */
function transcriptDue(links: Sql): Sql {
  const bare = (value: Sql) => sql`regexp_replace(${value}::text, '\\?[^"]*', '', 'g')`;
  const isOther = sql`${links} is distinct from items.transcript_links and (items.transcript_state is distinct from 'ok'
    or (${links} is not null and ${bare(links)} is distinct from ${bare(sql`items.transcript_links`)}))`;
  const unless = (then: Sql, column: Sql) => sql`case when ${isOther} then ${then} else ${column} end`;
  return sql`
    transcript_state = ${unless(sql`case when ${links} is null then null else 'pending' end`, sql`items.transcript_state`)},
    transcript_tries = ${unless(sql`0`, sql`items.transcript_tries`)},
    transcript_next_at = ${unless(sql`null`, sql`items.transcript_next_at`)},
    transcript_reason = ${unless(sql`null`, sql`items.transcript_reason`)}`;
}

/** Which transcripts are offered, and how many points it has, is no change of an item: both may be others at every look. */
const offered = sql`offered as (
    update items set points = coalesce(given.points, items.points), transcript_links = "transcriptLinks", ${transcriptDue(sql`"transcriptLinks"`)}
    from given join before using (guid)
    where items.id = before.id and not before.changes and given.kind <> 'paper'
      and ("transcriptLinks" is distinct from transcript_links or coalesce(given.points <> items.points, given.points is not null))
  )`;

/** Two lists of words as one, each word once, those of the first in front. */
function union(first: Sql, second: Sql): Sql {
  return sql`${first} || array(select word from unnest(${second}) as word where word <> all(${first}))`;
}

/** The dates of the newest items of a source, newest first: its rhythm. */
export async function recentDates(db: Queryable, sourceId: number): Promise<Date[]> {
  const rows = await db.rows<{ publishedAt: Date }>(sql`
    select published_at from items where source_id = ${sourceId} order by published_at desc limit 30`);
  return rows.map(({ publishedAt }) => publishedAt);
}
