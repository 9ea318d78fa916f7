// What curators said about the sections of stories, and the stories of a draft that can be sorted anew by it.
import { sql, type Queryable } from '../db.ts';
import { TemporaryError } from '../errors.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { toJson } from '../storable.ts';

/** Who put a story into its section: a rule, the sorter by its words, or a curator. */
export type SectionBy = 'rule' | 'words' | 'curator';

export interface SectionLabel {
  itemId: number;
  kind: StoryItemKind;
  title: string;
  section: string;
}

/** A section with how sure the sorter is, from 0 to 1. */
export interface SectionChoice {
  section: string;
  confidence: number;
  by: SectionBy;
}

/** Older lessons than these tell the sorter nothing new, and each is a row in its graph. */
const mostLabels = 1_000;

/** Keeps what a curator said about stories, by their headline items, and marks them in the issue as settled. */
export async function labelStories(
  tx: Queryable,
  label: { issueId: number; storyIds: readonly number[]; section: string; labelledBy: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into section_labels (item_id, section, labelled_by, at)
    select distinct headline_item_id, ${label.section}::text, ${label.labelledBy}::text, ${label.at}::timestamptz from stories
    where id = any(${label.storyIds}::int[]) and headline_item_id is not null
    on conflict (item_id) do update set section = excluded.section, labelled_by = excluded.labelled_by, at = excluded.at`);
  await tx.run(sql`
    update issue_stories set section_by = 'curator', section_confidence = 1
    where issue_id = ${label.issueId} and story_id = any(${label.storyIds}::int[])`);
}

/** The newest labels, at most 1,000. */
export function sectionLabels(db: Queryable): Promise<SectionLabel[]> {
  return db.rows<SectionLabel>(sql`
    select item_id, kind, title, section_labels.section from section_labels join items on items.id = item_id
    order by at desc, item_id limit ${mostLabels}`);
}

/** Asks that the stories of a draft that no curator and no rule has sorted be sorted again. */
export async function askToSort(tx: Queryable, issueId: number, at: Date): Promise<void> {
  await tx.run(sql`update issues set sort_asked_at = ${at} where id = ${issueId}`);
}

/** The drafts somebody asked to sort again. */
export function draftsToSort(db: Queryable): Promise<{ id: number }[]> {
  return db.rows(sql`
    select id from issues where sort_asked_at is not null and status in ('draft', 'in_review') order by id`);
}

/** A story that was sorted by its words, with its headline. */
export interface StoryToSort {
  storyId: number;
  id: number;
  kind: StoryItemKind;
  title: string;
  keys: string[];
  section: string | null;
}

/** The stories of an issue that the sorter sorted by their words. */
export function storiesToSort(db: Queryable, issueId: number): Promise<StoryToSort[]> {
  return db.rows<StoryToSort>(sql`
    select story_id, items.id, items.kind, items.title, items.keys, sources.section
    from issue_stories
    join stories on stories.id = story_id
    join items on items.id = headline_item_id
    join sources on sources.id = source_id
    where issue_id = ${issueId} and section_by = 'words' order by story_id`);
}

/** Saves what the sorter found, but for what a curator sorted meanwhile, and takes the request back. Throws TemporaryError for an issue that was approved meanwhile. */
export async function saveSorting(
  tx: Queryable,
  issueId: number,
  choices: readonly (SectionChoice & { storyId: number })[],
): Promise<void> {
  await tx.run(sql`
    update issue_stories set section = c.section, section_confidence = c.confidence, section_by = c.by
    from jsonb_to_recordset(${toJson(choices)}::jsonb)
      as c("storyId" integer, section text, confidence real, by text)
    where issue_id = ${issueId} and story_id = c."storyId" and section_by = 'words'`);
  const open = await tx.run(sql`
    update issues set sort_asked_at = null where id = ${issueId} and status in ('draft', 'in_review')`);
  if (open === 0) throw new TemporaryError(`issue ${issueId} was approved while its stories were sorted; it stays`);
}
