// Private feeds: each has an address of its own, so that whoever holds it reads and gives signals, and nothing else.
import type { Reason } from '../letter/pick-reason.ts';
import { randomBytes } from 'node:crypto';
import { sql, type Queryable } from '../db.ts';
import type { WordsLang } from '../words-langs.ts';
import type { EditionText } from './edition-texts.ts';
import type { Card } from './issue-content.ts';
import { pickList, type Pick } from './picks.ts';
import { toJson } from '../storable.ts';

export interface FeedReader {
  id: number;
  feedToken: string;
  /** In which language they read; null: in the publication's. */
  lang: WordsLang | null;
}

/** One story that was chosen for the reader, as it was approved. */
export interface SentPick {
  issueId: number;
  /** Among the reader's picks of that issue, from 1. */
  position: number;
  slug: string;
  issueTitle: string;
  at: Date;
  pick: Omit<Pick, 'reason'> & { reason: Reason | null };
  card: Card;
  /** What its edition says of it in the language that was asked for; null where nobody said it. */
  text: EditionText | null;
}

/** The reader whose feed has this address. */
export function readerByFeedToken(db: Queryable, token: string): Promise<FeedReader | undefined> {
  return db.row<FeedReader>(sql`select id, feed_token, lang from readers where feed_token = ${token}`);
}

/** The address of the reader's feed, or null when they have none. */
export async function feedTokenOf(db: Queryable, readerId: number): Promise<string | null> {
  const row = await db.row<{ feedToken: string | null }>(sql`select feed_token from readers where id = ${readerId}`);
  return row?.feedToken ?? null;
}

/** Gives the feed a new address (192 random bits) or, with `false`, none; the one it had leads nowhere from now on. */
export async function setFeedToken(db: Queryable, readerId: number, wanted: boolean): Promise<void> {
  const token = wanted ? randomBytes(24).toString('base64url') : null;
  await db.run(sql`update readers set feed_token = ${token} where id = ${readerId}`);
}

/** What was chosen for the reader in their newest `issues` that went out: newest issue first, best pick first. */
export function sentPicks(
  db: Queryable,
  { readerId, issues, lang }: { readerId: number; issues: number; lang: string },
): Promise<SentPick[]> {
  return db.rows<SentPick>(sql`
    select newest.id as issue_id, ordinality::int as position, slug, title as issue_title, at, pick.value as pick, card.value as card,
      texts -> (pick.value->>'storyId') as text
    from (
      select issues.id, number, slug, title, coalesce(sent_at, send_at, created_at) as at, content,
        content #> array['editions', ${lang}::text] as texts, ${pickList} as stories
      from picks join issues on issues.id = issue_id and issues.content_hash = picks.content_hash
      where reader_id = ${readerId} and status in ('sending', 'sent')
      order by number desc limit ${issues}
    ) as newest
    cross join lateral jsonb_array_elements(stories) with ordinality as pick
    join lateral (
      select value from jsonb_array_elements(content->'cards') as value where value->'storyId' = pick.value->'storyId'
      union all
      select card || jsonb_build_object('number', position) from issue_pool
      where issue_id = newest.id and story_id = (pick.value->>'storyId')::integer) as card on true
    order by number desc, ordinality`);
}

/** Writes down that the reader was shown these; what a letter or an earlier look at the feed showed stays as it was. */
export async function logFeedExposures(
  db: Queryable,
  { readerId, picks, at }: { readerId: number; picks: readonly SentPick[]; at: Date },
): Promise<void> {
  const rows = picks.map(({ issueId, position, card }) => ({ issueId, position, storyId: card.storyId }));
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select ${readerId}, stories.id, shown."issueId", shown.position, ${at}
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as shown("issueId" integer, position integer, "storyId" integer)
    join stories on stories.id = shown."storyId"
    join issues on issues.id = shown."issueId"
    where exists (select 1 from readers where id = ${readerId} for key share)
    on conflict do nothing`);
}
