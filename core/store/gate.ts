// What the gate before an approval looks at beside the content: answers of links, earlier issues, withdrawn items; and the reasons given.
import { prepared, sql, type Queryable } from '../db.ts';
import { changedAt } from './item-changes.ts';
import { toJson } from '../storable.ts';

type LinkState = 'ok' | 'broken' | 'unsure';

/** How a link answered when it was asked last. */
export interface LinkCheck {
  url: string;
  state: LinkState;
  /** "answered 404"; null for what is well. */
  why: string | null;
}

/** What is known of these links; one that was never asked is missing. */
export function linkChecks(db: Queryable, urls: readonly string[]): Promise<LinkCheck[]> {
  return db.rows<LinkCheck>(sql`select url, state, why from link_checks where url = any(${urls}::text[])`);
}

/** Of these links those that were not asked since. */
export async function uncheckedLinks(db: Queryable, urls: readonly string[], since: Date): Promise<string[]> {
  const rows = await db.rows<{ url: string }>(sql`
    select url from unnest(${urls}::text[]) with ordinality as wanted(url, place)
    where not exists (select 1 from link_checks where link_checks.url = wanted.url and checked_at >= ${since}) order by place`);
  return rows.map(({ url }) => url);
}

/** Keeps how links answered, and forgets what was asked before `forgetBefore`. */
export async function saveLinkChecks(
  db: Queryable,
  { checks, at, forgetBefore }: { checks: readonly LinkCheck[]; at: Date; forgetBefore: Date },
): Promise<void> {
  await db.run(sql`
    insert into link_checks (url, state, why, checked_at)
    select c.url, c.state, c.why, ${at}::timestamptz
    from jsonb_to_recordset(${toJson(checks)}::jsonb) as c(url text, state text, why text)
    on conflict (url) do update set state = excluded.state, why = excluded.why, checked_at = excluded.checked_at`);
  await db.run(sql`delete from link_checks where checked_at < ${forgetBefore}`);
}

/** The issues a curator may still change: their links are asked. */
export function issuesToCheck(db: Queryable): Promise<{ id: number }[]> {
  return db.rows(sql`select id from issues where status in ('draft', 'in_review') order by id desc limit 4`);
}

/** Stories of this issue that one of the four issues before it carried, and that did not change since; with its number. */
export function repeatedStories(db: Queryable, issueId: number): Promise<{ storyId: number; number: number }[]> {
  return db.rows(sql`
    with earlier as (
      select id, number, coalesce(sent_at, send_at) as at from issues
      where status in ('sending', 'sent') and number < (select number from issues where id = ${issueId})
      order by number desc limit 4)
    select mine.story_id, max(earlier.number)::int as number
    from issue_stories as mine
    join issue_stories as theirs on theirs.story_id = mine.story_id and theirs.role <> 'removed'
    join earlier on earlier.id = theirs.issue_id
    where mine.issue_id = ${issueId} and mine.role <> 'removed' and not exists (
      select 1 from story_items join items on items.id = item_id
      where story_items.story_id = mine.story_id and greatest(items.created_at, ${changedAt}) > earlier.at)
    group by mine.story_id order by mine.story_id`);
}

/** Stories of this issue one of whose items its authors took back, the headline or another. */
export async function storiesWithWithdrawn(db: Queryable, issueId: number): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select distinct story_id from issue_stories join story_items using (story_id) join items on items.id = item_id
    where issue_id = ${issueId} and role <> 'removed' and items.withdrawn order by story_id`);
  return rows.map(({ storyId }) => storyId);
}

/** Why a curator approves in spite of a finding. */
export interface GateReason {
  checkName: string;
  finding: string;
  reason: string;
  givenBy: string;
}

/** The reasons given for an issue. */
export function gateReasons(db: Queryable, issueId: number): Promise<GateReason[]> {
  return db.rows<GateReason>(prepared`
    select check_name, finding, reason, given_by from gate_reasons where issue_id = ${issueId} order by check_name`);
}

/** Keeps reasons; a later one for the same check takes its place. */
export async function saveGateReasons(
  tx: Queryable,
  { issueId, reasons, at }: { issueId: number; reasons: readonly GateReason[]; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into gate_reasons (issue_id, check_name, finding, reason, given_by, at)
    select ${issueId}::int, r."checkName", r.finding, r.reason, r."givenBy", ${at}::timestamptz
    from jsonb_to_recordset(${toJson(reasons)}::jsonb) as r("checkName" text, finding text, reason text, "givenBy" text)
    on conflict (issue_id, check_name) do update set finding = excluded.finding, reason = excluded.reason,
      given_by = excluded.given_by, at = excluded.at`);
}

/** What a check said when the issue was approved. */
export interface KeptFinding {
  name: string;
  level: 'amber' | 'ok';
  says: string;
}

/** Keeps what the gate found of what is approved now; null where nothing looked. */
export async function keepFound(tx: Queryable, issueId: number, found: readonly KeptFinding[] | null): Promise<void> {
  await tx.run(sql`update issues set gate_found = ${found && toJson(found)}::jsonb where id = ${issueId}`);
}

/** What it found when the issue was approved last; null for an approval of before that was kept. */
export async function foundAtApproval(db: Queryable, issueId: number): Promise<KeptFinding[] | null> {
  const row = await db.row<{ found: KeptFinding[] | null }>(
    sql`select gate_found as found from issues where id = ${issueId}`,
  );
  return row?.found ?? null;
}
