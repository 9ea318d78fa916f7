// Issues and their way: draft -> in_review -> approved -> scheduled -> sending -> sent; an edit brings them back to review.
import { prepared, sql, type Database, type Queryable } from '../db.ts';
import { hashContent } from '../content-hash.ts';
import { PermanentError } from '../errors.ts';
import { loadIssueContent, type IssueContent } from './issue-content.ts';
import { dropSilenced, poolHash } from './issue-pool.ts';
import type { MissingNews } from './missing-news.ts';
import type { SectionBy } from './section-labels.ts';
import type { SummarySentence } from './summaries.ts';
import { toJson } from '../storable.ts';

type IssueStatus = 'draft' | 'in_review' | 'approved' | 'scheduled' | 'sending' | 'sent';

export interface Issue {
  id: number;
  number: number;
  slug: string;
  status: IssueStatus;
  title: string;
  intro: string;
  content: IssueContent | null;
  contentHash: string | null;
  /** Who wrote its opening; null while it is as the draft proposes it. */
  openedBy: string | null;
  approvedBy: string | null;
  approvedHash: string | null;
  approvedAt: Date | null;
  sendAt: Date | null;
  sentAt: Date | null;
  createdAt: Date;
  /** While its pool is put together. */
  poolAskedAt: Date | null;
  /** What was missing when it was drafted an hour late. */
  missing: MissingNews | null;
  /** Nobody approved it in time, and it was passed over. */
  skippedAt: Date | null;
  /** While it is to be drafted again. */
  redraftAskedAt: Date | null;
  /** The pick that a curator chose to open the letter. */
  leadStoryId: number | null;
  preheader: string;
  introIsMarkdown: boolean;
  /** The day it is dated, as 2026-11-21. */
  date: string;
}

/** An issue whose content a curator has approved: the only kind that is compiled, ranked or mailed. */
export interface ApprovedIssue extends Issue {
  content: IssueContent;
  contentHash: string;
}

export interface DraftStory {
  storyId: number;
  section: string;
  role: 'pick' | 'pool';
  summary: string[];
  /** Where the sentences of the summary stand. */
  sentences?: SummarySentence[];
  /** How sure the sorter is of the section, from 0 to 1, and by what. */
  confidence?: number;
  by?: SectionBy;
  /** On the map, from -1 to 1; none where the story has no vector. */
  place?: { x: number; y: number } | undefined;
}

export interface Draft {
  week: string;
  slug: string;
  /** The day it bears, as 2026-11-21; left out, the Saturday of its week. */
  date?: string;
  titleOf: (number: number) => string;
  intro: string;
  stories: DraftStory[];
  /** The frame of the map: see core/store/maps.ts. */
  mapReach?: number;
  /** With it the rest of the week becomes its pool: what was published since, asked for at that time. */
  pool?: { newsSince: Date; askedAt: Date };
  /** What it was drafted without, an hour late. */
  missing?: MissingNews | undefined;
}

const headColumns = sql`id, number, slug, status, title, intro, content_hash, opened_by, approved_by, approved_hash, approved_at,
  send_at, sent_at, created_at, pool_asked_at, missing, skipped_at, redraft_asked_at, lead_story_id,
  preheader, intro_is_markdown, to_char(coalesce(dated, week + 5), 'YYYY-MM-DD') as date`;
const columns = sql`${headColumns}, content`;

/** The newest issue that curators still work on; undefined when all went out or were passed over. */
export function issueInHand(db: Queryable): Promise<Pick<Issue, 'id' | 'number' | 'status'> | undefined> {
  return db.row(prepared`
    select id, number, status from issues where status not in ('sending', 'sent') and skipped_at is null order by number desc limit 1`);
}

/** Creates the issue of a week with its stories in order; undefined when that week has one already. */
export async function createDraft(db: Database, draft: Draft): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('issues.number'))`);
    const next = await tx.row<{ number: number }>(sql`select coalesce(max(number), 0)::int + 1 as number from issues`);
    const created = await tx.row<{ id: number }>(sql`
      insert into issues (number, slug, week, dated, title, intro, map_reach, news_since, pool_asked_at, missing)
      values (${next!.number}, ${draft.slug}, ${draft.week}, ${draft.date ?? null}, ${draft.titleOf(next!.number)}, ${draft.intro},
        ${draft.mapReach ?? null}, ${draft.pool?.newsSince ?? null}, ${draft.pool?.askedAt ?? null}, ${draft.missing ? toJson(draft.missing) : null}::jsonb)
      on conflict (week) do nothing returning id`);
    if (!created) return undefined;
    const stories = draft.stories.map((story, index) => ({ ...story, position: index + 1 }));
    await tx.run(sql`
      insert into issue_stories (issue_id, story_id, section, position, role, summary, sentences,
        section_confidence, section_by, map_x, map_y)
      select ${created.id}, s."storyId", s.section, s.position, s.role,
        array(select jsonb_array_elements_text(s.summary)), coalesce(s.sentences, '[]'), s.confidence, s.by,
        (s.place ->> 'x')::real, (s.place ->> 'y')::real
      from jsonb_to_recordset(${toJson(stories)}::jsonb)
        as s("storyId" integer, section text, position integer, role text, summary jsonb, sentences jsonb,
          confidence real, by text, place jsonb)`);
    return created.id;
  });
}

/** The issue with this id, or undefined. */
export function issueById(db: Queryable, id: number): Promise<Issue | undefined> {
  return db.row<Issue>(prepared`select ${columns} from issues where id = ${id}`);
}

/** The issue with this permalink, or undefined. */
export function issueBySlug(db: Queryable, slug: string): Promise<Issue | undefined> {
  return db.row<Issue>(sql`select ${columns} from issues where slug = ${slug}`);
}

/** The issue of the week that starts on `monday`, or undefined. */
export function issueOfWeek(db: Queryable, monday: string): Promise<Issue | undefined> {
  return db.row<Issue>(sql`select ${columns} from issues where week = ${monday}`);
}

/** An issue as lists show it: its content is hundreds of kilobytes. */
export type IssueHead = Omit<Issue, 'content'>;

/** Every issue, newest first; the desk's list. */
export function listIssues(db: Queryable): Promise<IssueHead[]> {
  return db.rows<IssueHead>(sql`select ${headColumns} from issues order by number desc`);
}

/** The issue if its content is approved, whatever happened to it since; throws PermanentError otherwise. */
export async function approvedIssue(db: Queryable, id: number): Promise<ApprovedIssue> {
  const issue = await issueById(db, id);
  if (!issue?.content || !issue.contentHash || issue.approvedHash !== issue.contentHash) {
    throw new PermanentError(
      `issue ${id} is not approved; nothing is compiled, ranked or mailed before a curator approves it`,
    );
  }
  const { pool } = issue.content;
  if (hashContent(issue.content) !== issue.approvedHash || (pool && pool.hash !== (await poolHash(db, id)))) {
    throw new PermanentError(
      `issue ${id}: the stored content is not what ${issue.approvedBy} approved; approve it again`,
    );
  }
  return issue as ApprovedIssue;
}

/**
 * The content to rank: the approved one, or of an issue in review what its tables say now, for the proofs on the desk.
 * Undefined for an issue that does not exist (any more).
 */
export async function contentToRank(
  db: Queryable,
  id: number,
): Promise<{ content: IssueContent; contentHash: string; isApproved: boolean } | undefined> {
  const issue = await issueById(db, id);
  if (!issue) return undefined;
  if (issue.status === 'draft' || issue.status === 'in_review') {
    const content = await loadIssueContent(db, id);
    return { content, contentHash: hashContent(content), isApproved: false };
  }
  const { content, contentHash } = await approvedIssue(db, id);
  return { content, contentHash, isApproved: true };
}

/**
 * Runs an edit of an issue and brings it back to review: what was approved is no longer what it says.
 * Throws PermanentError when the issue is already on its way to readers.
 */
export async function editIssue(db: Database, issueId: number, edit: (tx: Queryable) => Promise<void>): Promise<void> {
  await db.transaction(async (tx) => {
    const issue = await tx.row<{ status: IssueStatus }>(
      sql`select status from issues where id = ${issueId} for update`,
    );
    if (!issue) throw new PermanentError(`issue ${issueId} does not exist`);
    if (issue.status === 'sending' || issue.status === 'sent') {
      throw new PermanentError(`issue ${issueId} is ${issue.status}; what readers got cannot be changed`);
    }
    await edit(tx);
    await tx.run(sql`
      update issues set status = 'in_review', content = null, content_hash = null, approved_by = null,
        approved_hash = null, approved_at = null, send_at = null, edition_langs = '{}'
      where id = ${issueId}`);
  });
}

/** What was seen is not what there is: nobody approves what they have not seen. */
export function changedSinceSeen(issueId: number): PermanentError {
  return new PermanentError(`issue ${issueId} changed since you opened it; look at it again, then approve`);
}

/**
 * Freezes and approves the content whose hash the curator saw; `record` writes about it in the same transaction.
 * Throws PermanentError when the tables say something else by now, or when it is already on its way.
 */
export async function approveIssue(
  db: Database,
  approval: { issueId: number; seenHash: string; approvedBy: string; at: Date },
  record: (tx: Queryable) => Promise<void> = async () => undefined,
): Promise<void> {
  // Committed before: the curator then sees what is left, and can approve that.
  await dropSilenced(db, approval.issueId);
  await db.transaction(async (tx) => {
    await approveOpen(tx, approval);
    await record(tx);
  });
}

/** The same within a transaction, of what no muted source is left in. */
export async function approveOpen(
  tx: Queryable,
  { issueId, seenHash, approvedBy, at }: { issueId: number; seenHash: string; approvedBy: string; at: Date },
): Promise<void> {
  const issue = await tx.row<{ status: IssueStatus; poolAskedAt: Date | null }>(
    sql`select status, pool_asked_at from issues where id = ${issueId} for update`,
  );
  if (issue?.status !== 'draft' && issue?.status !== 'in_review') {
    throw new PermanentError(
      `issue ${issueId} is ${issue?.status ?? 'missing'}; only a draft or an issue in review can be approved`,
    );
  }
  if (issue.poolAskedAt) {
    throw new PermanentError(`the pool of issue ${issueId} is still being put together; approve it in a minute`);
  }
  const content = await loadIssueContent(tx, issueId);
  if (hashContent(content) !== seenHash) {
    throw changedSinceSeen(issueId);
  }
  if (content.cards.length === 0) {
    throw new PermanentError(`issue ${issueId} has no story; pick one before you approve it`);
  }
  await tx.run(sql`
    update issues set status = 'approved', content = ${toJson(content)}::jsonb, content_hash = ${seenHash},
      edition_langs = ${Object.keys(content.editions ?? {})}::text[],
      approved_by = ${approvedBy}, approved_hash = ${seenHash}, approved_at = ${at}, skipped_at = null
    where id = ${issueId}`);
}

/** Issues that are approved or on their way and not yet sent: the schedule enqueues their jobs until they are. */
export function issuesUnderway(db: Queryable): Promise<Pick<Issue, 'id' | 'status' | 'sendAt'>[]> {
  return db.rows(sql`
    select id, status, send_at from issues where status in ('approved', 'scheduled', 'sending') order by id`);
}

/** Whether an issue goes out now; `startSending` asks the row, and whether nobody paused it. */
export function isDueToSend({ status, sendAt }: Pick<Issue, 'status' | 'sendAt'>, now: Date): boolean {
  return status === 'sending' || (status === 'scheduled' && sendAt !== null && sendAt <= now);
}

/** Moves a scheduled issue whose time has come to `sending`; true when it is (or already was) sending and nobody paused it. */
export async function startSending(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<boolean> {
  const changed = await db.run(sql`
    update issues set status = 'sending'
    where id = ${issueId} and paused_at is null
      and (status = 'sending' or (status = 'scheduled' and send_at <= ${now}))`);
  return changed > 0;
}

/** Marks an issue as sent once no delivery of it is planned or leased; true when it is. */
export async function finishSending(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<boolean> {
  const changed = await db.run(sql`
    update issues set status = 'sent', sent_at = ${now}
    where id = ${issueId} and status = 'sending'
      and not exists (select 1 from deliveries where issue_id = ${issueId} and state in ('planned', 'leased'))`);
  return changed > 0;
}
