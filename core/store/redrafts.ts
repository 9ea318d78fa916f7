// Drafts that are made again: what curators decided stays, everything that was only suggested is suggested anew.
import { sql, type Database, type Queryable } from '../db.ts';
import { editIssue, type DraftStory } from './issues.ts';
import { toJson } from '../storable.ts';

export interface DraftToRedo {
  askedAt: Date;
  week: string;
  newsSince: Date;
}

const isOpen = sql`status in ('draft', 'in_review')`;
/** What a curator chose, moved, wrote, put into a section or took out. */
const isDecided = sql`(decided_by is not null or edited_by is not null or section_by = 'curator' or role = 'removed')`;

/** The issues that somebody asked to draft again. */
export function draftsToRedo(db: Queryable): Promise<{ id: number }[]> {
  return db.rows(
    sql`select id from issues where redraft_asked_at is not null and status not in ('sending', 'sent') order by id`,
  );
}

/** Asks that an issue be drafted again. */
export async function askToRedraft(tx: Queryable, issueId: number, at: Date): Promise<void> {
  await tx.run(sql`update issues set redraft_asked_at = ${at} where id = ${issueId}`);
}

/** What has to be done to draft an issue again; undefined when nobody asked, or it was approved meanwhile. */
export function draftToRedo(db: Queryable, issueId: number): Promise<DraftToRedo | undefined> {
  return db.row(sql`
    select redraft_asked_at as asked_at, to_char(week, 'YYYY-MM-DD') as week, coalesce(news_since, week) as news_since
    from issues where id = ${issueId} and redraft_asked_at is not null and ${isOpen}`);
}

/** The stories of an issue that a curator decided about, in order. */
export function decidedStories(
  db: Queryable,
  issueId: number,
): Promise<{ storyId: number; position: number; role: 'pick' | 'pool' | 'removed' }[]> {
  return db.rows(sql`
    select story_id, position, role from issue_stories where issue_id = ${issueId} and ${isDecided} order by position, story_id`);
}

/**
 * Puts these suggestions in the place of the earlier ones, and asks for the pool; subject and intro only where nobody wrote
 * them. What was decided since the suggestions were made stays too.
 */
export async function saveRedraft(
  db: Database,
  redraft: { issueId: number; askedAt: Date; title: string | undefined; intro: string; stories: readonly (DraftStory & { position: number })[]; at: Date }, // prettier-ignore
): Promise<void> {
  const { issueId, askedAt, title, intro, stories, at } = redraft;
  await editIssue(db, issueId, async (tx) => {
    await tx.run(sql`delete from issue_stories where issue_id = ${issueId} and not ${isDecided}`);
    await tx.run(sql`
      insert into issue_stories (issue_id, story_id, section, position, role, summary, sentences,
        section_confidence, section_by, map_x, map_y)
      select ${issueId}, s."storyId", s.section, s.position, s.role,
        array(select jsonb_array_elements_text(s.summary)), coalesce(s.sentences, '[]'), s.confidence, s.by,
        (s.place ->> 'x')::real, (s.place ->> 'y')::real
      from jsonb_to_recordset(${toJson(stories)}::jsonb)
        as s("storyId" integer, section text, position integer, role text, summary jsonb, sentences jsonb,
          confidence real, by text, place jsonb)
      join stories on stories.id = s."storyId"
      on conflict do nothing`);
    await tx.run(sql`
      update issues set pool_asked_at = ${at}, missing = null,
        title = case when opened_by is null then coalesce(${title ?? null}, title) else title end,
        intro = case when opened_by is null then ${intro} else intro end,
        redraft_asked_at = case when redraft_asked_at > ${askedAt} then redraft_asked_at end
      where id = ${issueId}`);
  });
}
