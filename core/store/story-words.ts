// What curators write of a story in an issue: its summary, a note to readers, what its picture shows.
import { prepared, sql, type Queryable } from '../db.ts';
import type { KeptSentence } from './summaries.ts';
import { toJson } from '../storable.ts';

export interface StoryWords {
  summary: string[];
  sentences: KeptSentence[];
  note: string;
  altText: string;
  /** Of the headline. */
  imageUrl: string | null;
  editedBy: string | null;
  /** Its sentences are still to be chosen, as after a split or another headline. */
  isBare: boolean;
}

/** What an issue says of a story; undefined when it does not have it. */
export function storyWords(
  db: Queryable,
  { issueId, storyId }: { issueId: number; storyId: number },
): Promise<StoryWords | undefined> {
  return db.row<StoryWords>(prepared`
    select summary, sentences, coalesce(note, '') as note, coalesce(alt_text, '') as alt_text, edited_by, items.image_url,
      summary = '{}' and sentences = '[]' and map_x is null and edited_by is null as is_bare
    from issue_stories join stories on stories.id = story_id left join items on items.id = headline_item_id
    where issue_id = ${issueId} and story_id = ${storyId}`);
}

interface Written {
  issueId: number;
  storyId: number;
  by: string;
}

/** Replaces the summary; it stays until a curator writes another. */
export async function setSummary(
  tx: Queryable,
  { issueId, storyId, by, sentences }: Written & { sentences: readonly KeptSentence[] },
): Promise<void> {
  const texts = toJson(sentences.map(({ text }) => text));
  await tx.run(sql`
    update issue_stories set sentences = ${toJson(sentences)}::jsonb, edited_by = ${by},
      summary = array(select jsonb_array_elements_text(${texts}::jsonb))
    where issue_id = ${issueId} and story_id = ${storyId}`);
}

/** Replaces the note to readers and the alternative text; empty ones take it away. */
export async function setNote(
  tx: Queryable,
  { issueId, storyId, by, note, altText }: Written & { note: string; altText: string },
): Promise<void> {
  await tx.run(sql`
    update issue_stories set note = nullif(${note}, ''), alt_text = nullif(${altText}, ''), edited_by = ${by}
    where issue_id = ${issueId} and story_id = ${storyId}`);
}
