// Judgements: how well the ranker did in an issue that went out, reckoned from what readers were shown and their signals on it.
import { sql, type Queryable } from '../db.ts';
import type { SignalKind } from '../signal-kinds.ts';
import { pickProfile, type PickProfile } from './picks.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** A mean over letters with the half width of its 95% interval; null when no letter could tell. */
export type JudgedMean = { mean: number; halfWidth: number; count: number } | null;
export type RankerName = 'ours' | 'recency' | 'tfidf' | 'random';
export type Metric = 'ndcg' | 'hitRate' | 'auc';

export interface RankerFigures {
  /** Letters with at least two personal picks. */
  letters: number;
  exposures: number;
  /** Exposures that were followed by a click, like or save. */
  answers: number;
  /** Hit rate is about the first this many. */
  hitAt: number;
  metrics: Record<Metric, Record<RankerName, JudgedMean>>;
  /** Share of the pool that at least one reader was shown as a personal pick. */
  coverage: number | null;
  diversity: JudgedMean;
  /** Share of personal picks that were there to learn from. */
  exploration: number | null;
}

export interface Judgement {
  issueId: number;
  number: number;
  /** ISO 8601 day of its Monday. */
  week: string;
  madeAt: Date;
  figures: RankerFigures;
}

/** One letter as it is judged: its personal picks in the order they were chosen. */
export interface ShownLetter {
  readerId: number;
  picks: { storyId: number; signals: SignalKind[]; exploring: boolean }[];
  profile: { facets?: PickProfile['facets'] };
}

/** After four weeks few signals come; until then an issue is judged again each day. */
const openDays = 28;

/** The next issue to judge: one that went out and was not judged, or not since yesterday while signals still come. */
export function issueToJudge(db: Queryable, now: Date): Promise<{ id: number } | undefined> {
  const yesterday = new Date(now.getTime() - dayMs);
  return db.row<{ id: number }>(sql`
    select issues.id from issues left join judgements on issue_id = issues.id
    where status = 'sent' and (made_at is null
      or made_at <= ${yesterday} and made_at < sent_at + ${openDays} * interval '1 day')
    order by number desc limit 1`);
}

/** Letters of an issue by reader, each with the personal picks it showed and what came of them after they were shown; one query. */
export function shownLetters(
  db: Queryable,
  { issueId, afterId, limit }: { issueId: number; afterId: number; limit: number },
): Promise<ShownLetter[]> {
  return db.rows<ShownLetter>(sql`
    with readers_here as (
      select reader_id, ${pickProfile} as profile from picks
      where issue_id = ${issueId} and reader_id > ${afterId}
        and exists (select 1 from exposures
          where exposures.issue_id = picks.issue_id and exposures.reader_id = picks.reader_id)
      order by reader_id limit ${limit})
    select reader_id, profile, coalesce((
      select jsonb_agg(jsonb_build_object('storyId', exposures.story_id, 'exploring', is_exploring,
        'signals', array(select signals.kind from signals where signals.reader_id = readers_here.reader_id
          and signals.story_id = exposures.story_id and signals.at >= exposures.at)) order by place)
      from picked
      join exposures on exposures.issue_id = ${issueId} and exposures.reader_id = readers_here.reader_id
        and exposures.story_id = picked.story_id
      where picked.issue_id = ${issueId} and picked.reader_id = readers_here.reader_id and picked.kind <> 'editor'
    ), '[]') as picks
    from readers_here order by reader_id`);
}

/** When the newest item of each story was published, for those of an issue's pool, in the curators' order. */
export async function poolOf(db: Queryable, issueId: number): Promise<{ storyId: number; newest: Date }[]> {
  return db.rows<{ storyId: number; newest: Date }>(sql`
    select held.story_id, max(published_at) as newest
    from stories_of_issues as held
    join issues on issues.id = issue_id
    join story_items on story_items.story_id = held.story_id
    join items on items.id = item_id
    where issue_id = ${issueId} and role = 'pool' and published_at <= coalesce(issues.send_at, issues.created_at)
    group by held.story_id, position order by position, held.story_id`);
}

/** Keeps the figures of an issue; earlier ones are replaced. */
export async function saveJudgement(
  db: Queryable,
  { issueId, madeAt, figures }: { issueId: number; madeAt: Date; figures: RankerFigures },
): Promise<void> {
  await db.run(sql`
    insert into judgements (issue_id, made_at, figures) values (${issueId}, ${madeAt}, ${toJson(figures)}::jsonb)
    on conflict (issue_id) do update set made_at = excluded.made_at, figures = excluded.figures`);
}

/** The newest judgements, oldest first. */
export async function listJudgements(db: Queryable, limit: number): Promise<Judgement[]> {
  const rows = await db.rows<Judgement>(sql`
    select issue_id, number, to_char(week, 'YYYY-MM-DD') as week, made_at, figures
    from judgements join issues on issues.id = issue_id order by number desc limit ${limit}`);
  return rows.toReversed();
}
