// Items, the segments of their transcripts, and how far each transcript has come.
import { sql, type Database, type Queryable } from '../db.ts';
import type { SourceOptions } from './sources.ts';

export type ItemKind = 'paper' | 'video' | 'post';
type TranscriptState = 'pending' | 'ok' | 'none' | 'blocked' | 'failed';

/** A stretch of a video about one thing. */
export interface Segment {
  startS: number;
  text: string;
}

/** A cleaned item as the ingest door lets it in; `guid` is its identity within its source. */
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
  contentHash: string;
  transcriptState: TranscriptState | null;
  /** Only of a transcript that came with the item; those fetched later go through `saveTranscript`. */
  segments?: Segment[];
}

/** A video whose transcript should be tried now. */
export interface DueTranscript {
  itemId: number;
  /** The video's id, which is the item's guid. */
  videoId: string;
  options: SourceOptions;
  tries: number;
}

/** What came of trying to get a transcript; blocked and failed say when to try again, null for never. */
export type TranscriptOutcome =
  { state: 'ok'; segments: Segment[] } | { state: 'none' } | { state: 'blocked' | 'failed'; nextAt: Date | null };

/**
 * Saves the items of a source in one statement: adds the new, changes those whose content hash differs, leaves the rest.
 * The vectors of a changed item are deleted with it. An item keeps its earliest date, so that an edit is no news.
 */
export async function saveItems(
  db: Queryable,
  sourceId: number,
  items: NewItem[],
): Promise<{ added: number; changed: number }> {
  const byGuid = new Map(items.map((item) => [item.guid, item]));
  const counts = await db.row<{ added: number; changed: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify([...byGuid.values()])}::jsonb) as i(
        guid text, kind text, url text, keys jsonb, mentions jsonb, title text, authors jsonb, text text, html text,
        lang text, "imageUrl" text, "durationS" integer, "publishedAt" timestamptz, "contentHash" text,
        "transcriptState" text, segments jsonb)
    ), saved as (
      insert into items (source_id, guid, kind, url, keys, mentions, title, authors, text, html, lang, image_url,
        duration_s, published_at, content_hash, transcript_state)
      select ${sourceId}, guid, kind, url, array(select jsonb_array_elements_text(keys)),
        array(select jsonb_array_elements_text(mentions)), title, array(select jsonb_array_elements_text(authors)),
        text, html, lang, "imageUrl", "durationS", "publishedAt", "contentHash", "transcriptState"
      from given
      on conflict (source_id, guid) do update set
        kind = excluded.kind, url = excluded.url, keys = excluded.keys, mentions = excluded.mentions,
        title = excluded.title, authors = excluded.authors, text = excluded.text, html = excluded.html,
        lang = excluded.lang, image_url = excluded.image_url, duration_s = excluded.duration_s,
        published_at = least(items.published_at, excluded.published_at), content_hash = excluded.content_hash,
        updated_at = now()
      where items.content_hash <> excluded.content_hash
      -- A row nobody has updated has no xmax.
      returning id, guid, xmax = 0 as added
    ), stale as (
      delete from vectors using saved where vectors.item_id = saved.id and not saved.added
    ), told as (
      insert into segments (item_id, position, start_s, text)
      select saved.id, spoken.position, (spoken.value ->> 'startS')::integer, spoken.value ->> 'text'
      from saved join given using (guid), jsonb_array_elements(given.segments) with ordinality as spoken(value, position)
      on conflict (item_id, position) do update set start_s = excluded.start_s, text = excluded.text
    ), silent as (
      delete from segments using saved join given using (guid)
      where segments.item_id = saved.id and segments.position > jsonb_array_length(given.segments)
    )
    select (count(*) filter (where added))::int as added, (count(*) filter (where not added))::int as changed
    from saved`);
  return counts!;
}

/** The dates of the newest items of a source, newest first: its rhythm. */
export async function recentDates(db: Queryable, sourceId: number): Promise<Date[]> {
  const rows = await db.rows<{ publishedAt: Date }>(sql`
    select published_at from items where source_id = ${sourceId} order by published_at desc limit 30`);
  return rows.map(({ publishedAt }) => publishedAt);
}

/** Videos whose transcript is due, the newest first: they are what the next issue is about. */
export function dueTranscripts(db: Queryable, now: Date, limit: number): Promise<DueTranscript[]> {
  return db.rows<DueTranscript>(sql`
    select items.id as item_id, guid as video_id, options, transcript_tries as tries
    from items join sources on sources.id = items.source_id
    where (transcript_state = 'pending' or (transcript_state in ('blocked', 'failed') and transcript_next_at <= ${now}))
    order by published_at desc, items.id limit ${limit}`);
}

/** Records one try; a transcript that was got replaces the segments there were, and their vectors. */
export async function saveTranscript(db: Database, itemId: number, outcome: TranscriptOutcome): Promise<void> {
  const nextAt = 'nextAt' in outcome ? outcome.nextAt : null;
  await db.transaction(async (tx) => {
    await tx.run(sql`
      update items set transcript_state = ${outcome.state}, transcript_tries = transcript_tries + 1,
        transcript_next_at = ${nextAt}
      where id = ${itemId}`);
    if (outcome.state !== 'ok') return;
    await tx.run(sql`delete from vectors where item_id = ${itemId} and segment > 0`);
    await tx.run(sql`delete from segments where item_id = ${itemId}`);
    await tx.run(sql`
      insert into segments (item_id, position, start_s, text)
      select ${itemId}, spoken.position, (spoken.value ->> 'startS')::integer, spoken.value ->> 'text'
      from jsonb_array_elements(${JSON.stringify(outcome.segments)}::jsonb) with ordinality as spoken(value, position)`);
  });
}
