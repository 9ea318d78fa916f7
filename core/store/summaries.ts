// Summaries: sentences with their position in the source, the transcripts they may come from, and what a model made of them.
import { sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';

/** A sentence of a summary and where it stands in the source. */
export interface SummarySentence {
  /** As readers get it: TeX in Unicode, on one line. */
  text: string;
  by: 'source' | 'model';
  /** The exact words of the source: of a model's sentence those that come nearest to it. */
  quote: string;
  itemId: number;
  /** 0 for the item's own text, else the position of the segment of its transcript. */
  segment: number;
  /** Where the quote begins and ends in that text, in UTF-16 units. */
  start: number;
  end: number;
  /** The second of the talk at which the segment begins. */
  startS?: number;
  /** The model that wrote it. */
  model?: string;
  /** Of a sentence a model was asked for: the share of its content words that the source has. */
  overlap?: number;
  /** What the model said where the source does not bear it out; the quote stands in its place. */
  refused?: string;
}

/** A sentence that somebody typed at the desk and that stands in no source; `editor` when it is marked as the editor's own. */
export interface TypedSentence {
  text: string;
  by: 'editor' | 'desk';
  /** Who typed it. */
  writer: string;
}

/** A sentence of a summary as an issue keeps it. */
export type KeptSentence = SummarySentence | TypedSentence;

/** A stretch of a transcript. */
export interface TranscriptPassage {
  itemId: number;
  position: number;
  /** Null where its transcript tells no times. */
  startS: number | null;
  text: string;
}

/** The transcripts of these items, in order. */
export function transcriptsOf(db: Queryable, itemIds: readonly number[]): Promise<TranscriptPassage[]> {
  return db.rows<TranscriptPassage>(sql`
    select item_id, position, start_s, text from segments where item_id = any(${itemIds}::int[])
    order by item_id, position`);
}

/** A sentence as the desk shows it: with the item it is from, and whether it still stands there; one that was typed has none. */
export type QuotedSentence =
  | (SummarySentence & { storyId: number; source: string; kind: StoryItemKind; url: string; isThere: boolean })
  | (TypedSentence & { storyId: number; isThere: false; model?: never; overlap?: never; refused?: never });

/** The sentences of an issue's summaries with their sources, in order. A source that was changed since may not have them any more. */
export async function quotedSentences(db: Queryable, issueId: number): Promise<QuotedSentence[]> {
  const rows = await db.rows<{
    storyId: number;
    sentence: KeptSentence;
    source: string;
    kind: StoryItemKind;
    url: string;
    words: string | null;
  }>(sql`
    select story_id, sentence, sources.title as source, items.kind, items.url,
      case when issue_stories.story_id is distinct from (select own.story_id from story_items as own where own.item_id = items.id) then null
        when sentence ->> 'segment' = '0' then items.text else (
        select segments.text from segments
        where segments.item_id = items.id and segments.position = (sentence ->> 'segment')::integer) end as words
    from issue_stories
    cross join jsonb_array_elements(sentences) with ordinality as quoted(sentence, place)
    left join lateral (
      -- One by one: the planner takes the sentences for a hundred a story, and would read all items.
      select id, source_id, kind, url, text from items where items.id = (sentence ->> 'itemId')::integer limit 1
    ) as items on true
    left join sources on sources.id = items.source_id
    where issue_id = ${issueId} and (items.id is not null or sentence ->> 'by' in ('editor', 'desk')) order by story_id, place`);
  return rows.map(({ sentence, words, storyId, ...row }) =>
    isTyped(sentence)
      ? { ...sentence, storyId, isThere: false }
      : { ...row, ...sentence, storyId, isThere: words?.slice(sentence.start, sentence.end) === sentence.quote },
  );
}

/** Whether it was typed at the desk and stands in no source. */
export function isTyped<Found extends { by: string }>(
  sentence: Found | TypedSentence,
): sentence is Extract<Found | TypedSentence, { by: TypedSentence['by'] }> {
  return sentence.by === 'editor' || sentence.by === 'desk';
}
