// What came of issues that went out: letters, who opened a story, what readers said, who left and came. Counted by a job, kept as a row.
import { sql, type Queryable } from '../db.ts';
import { countLedger } from './deliveries.ts';
import { toJson } from '../storable.ts';
import { hourMs } from '../time.ts';

/** How often something was shown, and how many readers answered. */
export interface SignalCounts {
  /** Letters it stood in. */
  shown: number;
  /** Readers who opened it, programs apart. */
  opened: number;
  likes: number;
  saves: number;
  less: number;
}

interface StoryFigures extends SignalCounts {
  storyId: number;
  title: string;
  section: string;
  role: 'pick' | 'pool';
}

export interface IssueFigures {
  /** Letters: all, those a mail server took, those that came back, of these for good, and complaints. */
  planned: number;
  submitted: number;
  bounced: number;
  bouncedForGood: number;
  complained: number;
  /** Readers who opened at least one story. */
  openers: number;
  /** Links that were opened, and of these by a program. */
  clicks: number;
  machineClicks: number;
  likes: number;
  saves: number;
  less: number;
  /** From its sending to the next one's. */
  left: number;
  came: number;
  sections: (SignalCounts & { section: string })[];
  /** The most opened, `keptStories` at most. */
  stories: StoryFigures[];
}

export interface CountedIssue {
  issueId: number;
  number: number;
  title: string;
  sentAt: Date;
  /** Null while they are not counted yet. */
  countedAt: Date | null;
  figures: IssueFigures | null;
}

const keptStories = 40;
/** After that few answers come. */
const openDays = 28;

/** The next issue to count: one that went out and was not counted, or not within the hour while answers come and clicks are kept. */
export function issueToCount(
  db: Queryable,
  { now, clicksDays }: { now: Date; clicksDays: number },
): Promise<{ id: number } | undefined> {
  const hourAgo = new Date(now.getTime() - hourMs);
  const days = Math.min(openDays, clicksDays);
  return db.row<{ id: number }>(sql`
    select issues.id from issues left join issue_figures on issue_id = issues.id
    where status = 'sent' and (counted_at is null
      or counted_at <= ${hourAgo} and counted_at < sent_at + ${days} * interval '1 day')
    order by number desc limit 1`);
}

/** Counts everything about an issue and keeps it; earlier figures are replaced. */
export async function countFigures(db: Queryable, { issueId, now }: { issueId: number; now: Date }): Promise<void> {
  const ledger = await countLedger(db, issueId);
  const stories = await storyFigures(db, issueId);
  const whole = sumOf(stories);
  const figures: IssueFigures = {
    planned: ledger.planned,
    submitted: ledger.submitted,
    ...(await countReturns(db, issueId)),
    ...(await countClicks(db, issueId)),
    likes: whole.likes,
    saves: whole.saves,
    less: whole.less,
    ...(await countChanges(db, { issueId, now })),
    sections: [...new Set(stories.map(({ section }) => section))].map((section) => ({
      section,
      ...sumOf(stories.filter((story) => story.section === section)),
    })),
    stories: stories.slice(0, keptStories),
  };
  await db.run(sql`
    insert into issue_figures (issue_id, counted_at, figures) values (${issueId}, ${now}, ${toJson(figures)}::jsonb)
    on conflict (issue_id) do update set counted_at = excluded.counted_at, figures = excluded.figures`);
}

/** The issues that went out, up to this one or the newest, oldest first, with what was counted. */
export async function countedIssues(
  db: Queryable,
  { upTo, limit }: { upTo?: number | undefined; limit: number },
): Promise<CountedIssue[]> {
  const rows = await db.rows<CountedIssue>(sql`
    select issues.id as issue_id, number, title, sent_at, counted_at, figures
    from issues left join issue_figures on issue_id = issues.id
    where status = 'sent' and (${upTo ?? null}::int is null or number <= ${upTo ?? null}::int)
    order by number desc limit ${limit}`);
  return rows.toReversed();
}

/** The stories of an issue, the most opened first. A signal counts from when the story was shown. */
function storyFigures(db: Queryable, issueId: number): Promise<StoryFigures[]> {
  return db.rows<StoryFigures>(sql`
    with shown as (select story_id, reader_id, at from exposures where issue_id = ${issueId}),
    opened as (
      select distinct story_id, reader_id from clicks
      where issue_id = ${issueId} and machine is null and story_id is not null),
    said as (
      select story_id, reader_id, bool_or(kind = 'like') as likes, bool_or(kind = 'save') as saves, bool_or(kind = 'dislike') as less
      from shown join signals using (story_id, reader_id)
      where signals.at >= shown.at group by story_id, reader_id)
    select shown.story_id, coalesce(items.title, '(no title)') as title, held.section, held.role,
      count(*)::int as shown, count(opened.reader_id)::int as opened, count(*) filter (where said.likes)::int as likes,
      count(*) filter (where said.saves)::int as saves, count(*) filter (where said.less)::int as less
    from shown
    left join opened using (story_id, reader_id)
    left join said using (story_id, reader_id)
    join stories_of_issues as held on held.issue_id = ${issueId} and held.story_id = shown.story_id
    join stories on stories.id = shown.story_id
    left join items on items.id = headline_item_id
    group by shown.story_id, items.title, held.section, held.role
    order by opened desc, likes desc, shown desc, shown.story_id`);
}

function sumOf(stories: readonly SignalCounts[]): SignalCounts {
  const sum = { shown: 0, opened: 0, likes: 0, saves: 0, less: 0 };
  for (const story of stories)
    for (const name of ['shown', 'opened', 'likes', 'saves', 'less'] as const) sum[name] += story[name];
  return sum;
}

/** Letters whose mailbox was not there when they were handed over are failed in the ledger, and bounced here. */
async function countReturns(db: Queryable, issueId: number) {
  const row = await db.row<Pick<IssueFigures, 'bounced' | 'bouncedForGood' | 'complained'>>(sql`
    select count(*) filter (where lost or kinds && '{hard,soft,refused}')::int as bounced,
      count(*) filter (where lost or 'hard' = any(kinds))::int as bounced_for_good,
      count(*) filter (where 'complaint' = any(kinds))::int as complained
    from (
      select state = 'failed' and reason = 'mailbox' as lost,
        array(select kind from mail_reports where delivery_id = deliveries.id) as kinds
      from deliveries where issue_id = ${issueId} and state in ('failed', 'bounced', 'complained')) as returned`);
  return row!;
}

async function countClicks(db: Queryable, issueId: number) {
  const row = await db.row<Pick<IssueFigures, 'openers' | 'clicks' | 'machineClicks'>>(sql`
    select count(distinct reader_id) filter (where machine is null and story_id is not null)::int as openers,
      count(*)::int as clicks, count(*) filter (where machine is not null)::int as machine_clicks
    from clicks where issue_id = ${issueId}`);
  return row!;
}

/** Who left and who came from its sending to the next one's. */
async function countChanges(db: Queryable, { issueId, now }: { issueId: number; now: Date }) {
  const row = await db.row<Pick<IssueFigures, 'left' | 'came'>>(sql`
    with this as (select number, sent_at from issues where id = ${issueId}),
    span as (
      select sent_at as since, coalesce((
        select min(next.sent_at) from issues as next where next.number > this.number and next.sent_at > this.sent_at), ${now}) as until
      from this)
    select count(*) filter (where event = 'unsubscribed')::int as left,
      count(*) filter (where event in ('confirmed', 'resubscribed'))::int as came
    from consents, span where at >= since and at < until`);
  return row!;
}
