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

/** A stretch of a transcript. */
export interface Passage {
  itemId: number;
  position: number;
  /** Null where its transcript tells no times. */
  startS: number | null;
  text: string;
}

/** The transcripts of these items, in order. */
export function transcriptsOf(db: Queryable, itemIds: readonly number[]): Promise<Passage[]> {
  return db.rows<Passage>(sql`
    select item_id, position, start_s, text from segments where item_id = any(${itemIds}::int[])
    order by item_id, position`);
}

/** A sentence as the desk shows it: with the item it is from, and whether it is still there. */
export interface QuotedSentence extends SummarySentence {
  storyId: number;
  source: string;
  kind: StoryItemKind;
  url: string;
  isThere: boolean;
}

/** The sentences of an issue's summaries with their sources, in order. A source that was changed since may not have them any more. */
export async function quotedSentences(db: Queryable, issueId: number): Promise<QuotedSentence[]> {
  const rows = await db.rows<{
    storyId: number;
    sentence: SummarySentence;
    source: string;
    kind: 'post';
    url: string;
    words: string | null;
  }>(sql`
    select story_id, sentence, sources.title as source, items.kind, items.url,
      case when sentence ->> 'segment' = '0' then items.text else (
        select segments.text from segments
        where segments.item_id = items.id and segments.position = (sentence ->> 'segment')::integer) end as words
    from issue_stories
    cross join jsonb_array_elements(sentences) with ordinality as told(sentence, place)
    join items on items.id = (sentence ->> 'itemId')::integer
    join sources on sources.id = items.source_id
    where issue_id = ${issueId} order by story_id, place`);
  return rows.map(({ sentence, words, ...row }) => ({
    ...row,
    ...sentence,
    isThere: words?.slice(sentence.start, sentence.end) === sentence.quote,
  }));
}
