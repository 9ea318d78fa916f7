// The pool of an issue: every story of the week beside those the curator prepares, a row each with the card a letter shows of it.
import { sql, type Database, type Queryable, type Sql } from '../db.ts';
import { hashContent } from '../content-hash.ts';
import { PermanentError } from '../errors.ts';
import { holdsWords } from './searched-words.ts';
import { makeCards, type Card, type PoolSeal } from './issue-content.ts';
import type { SectionBy } from './section-labels.ts';
import { isHeard } from './sources.ts';
import type { SummarySentence } from './summaries.ts';
import { isTakenBack } from './withdrawals.ts';
import { toJson } from '../storable.ts';

/** A story that is to stand in the pool, with what was understood of it. */
export interface PoolEntry {
  storyId: number;
  position: number;
  section: string;
  confidence: number;
  by: SectionBy;
  summary: string[];
  sentences: SummarySentence[];
  place: { x: number; y: number } | undefined;
}

/** The pool that has to be put together: of which week, and since when somebody waits for it. */
export interface PoolToLay {
  askedAt: Date;
  week: string;
  newsSince: Date;
}

const isOpen = sql`status in ('draft', 'in_review')`;

/** The drafts whose pool has to be put together. */
export function poolsToLay(db: Queryable): Promise<{ id: number }[]> {
  return db.rows(sql`select id from issues where pool_asked_at is not null and ${isOpen} order by id`);
}

/** What has to be done for the pool of an issue; undefined when nothing has. */
export function poolToLay(db: Queryable, issueId: number): Promise<PoolToLay | undefined> {
  return db.row(sql`
    select pool_asked_at as asked_at, to_char(week, 'YYYY-MM-DD') as week, coalesce(news_since, week) as news_since
    from issues where id = ${issueId} and pool_asked_at is not null and ${isOpen}`);
}

/** Asks that the pools of open issues which hold one of these stories be put together again. */
export async function askForPools(tx: Queryable, storyIds: readonly number[], at: Date): Promise<void> {
  await tx.run(sql`
    update issues set pool_asked_at = ${at}
    where ${isOpen} and id in (select issue_id from issue_pool where story_id = any(${storyIds}::int[]))`);
}

/** Asks that the pool of every open issue be put together again: what may stand in one has changed. */
export async function askForOpenPools(tx: Queryable, at: Date): Promise<void> {
  await tx.run(sql`update issues set pool_asked_at = ${at} where ${isOpen} and pool is not null`);
}

/** The stories that stand before the curator, removed ones as well. */
export async function preparedStories(db: Queryable, issueId: number): Promise<Set<number>> {
  const rows = await db.rows<{ storyId: number }>(sql`select story_id from issue_stories where issue_id = ${issueId}`);
  return new Set(rows.map(({ storyId }) => storyId));
}

/** Makes the cards of a hundred or so entries and saves those that are new or another than before; false when the issue is not open any more. */
export async function savePoolEntries(db: Queryable, issueId: number, entries: readonly PoolEntry[]): Promise<boolean> {
  const given = entries.map(({ place, ...entry }) => ({ ...entry, x: place?.x, y: place?.y }));
  const rows = await makeCards(
    db,
    sql`select e."storyId" as story_id, e.section, 'pool' as role,
        array(select jsonb_array_elements_text(e.summary)) as summary, e.sentences, e.x as map_x, e.y as map_y,
        null::text as note, null::text as alt_text, e.position
      from jsonb_to_recordset(${toJson(given)}::jsonb) as e("storyId" integer, section text, summary jsonb,
        sentences jsonb, x real, y real, position integer)`,
  );
  const cards = new Map(rows.map((card) => [card.storyId, card]));
  const saved = given.flatMap((entry) => {
    const card = cards.get(entry.storyId);
    return card ? [{ ...entry, card, hash: hashContent(card) }] : [];
  });
  // The row of the issue is locked, so that nothing is approved between the look at its status and the rows.
  await db.run(sql`
    with open as (select id from issues where id = ${issueId} and pool_asked_at is not null and ${isOpen} for update)
    insert into issue_pool (issue_id, story_id, position, section, section_by, section_confidence, sentences, map_x, map_y, card, hash)
    select open.id, e."storyId", e.position, e.section, e.by, e.confidence, e.sentences, e.x, e.y, e.card, e.hash
    from open cross join jsonb_to_recordset(${toJson(saved)}::jsonb) as e("storyId" integer, position integer,
      section text, by text, confidence real, sentences jsonb, x real, y real, card jsonb, hash text)
    where not exists (select 1 from issue_stories where issue_id = open.id and story_id = e."storyId")
    on conflict (issue_id, story_id) do update set position = excluded.position, section = excluded.section,
      section_by = excluded.section_by, section_confidence = excluded.section_confidence,
      sentences = excluded.sentences, map_x = excluded.map_x, map_y = excluded.map_y, card = excluded.card, hash = excluded.hash
    where issue_pool.hash <> excluded.hash or issue_pool.position <> excluded.position`);
  return (await poolToLay(db, issueId)) !== undefined;
}

/** Takes out what is not among `storyIds` any more, and signs the rest; asked for again meanwhile, it stays asked for. */
export async function finishPool(
  db: Database,
  { issueId, askedAt, storyIds }: { issueId: number; askedAt: Date; storyIds: readonly number[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    const open = await tx.row(sql`
      select id from issues where id = ${issueId} and pool_asked_at is not null and ${isOpen} for update`);
    if (!open) return;
    await tx.run(sql`
      delete from issue_pool where issue_id = ${issueId} and (not story_id = any(${storyIds}::int[])
        or story_id in (select story_id from issue_stories where issue_id = ${issueId}))`);
    await sealPool(tx, issueId);
    await tx.run(sql`
      update issues set pool_asked_at = null where id = ${issueId} and pool_asked_at <= ${askedAt}`);
  });
}

const sealOf = (issueId: number): Sql => sql`
  select jsonb_build_object('count', count(*),
    'hash', encode(sha256(convert_to(string_agg(story_id || ' ' || hash, ',' order by position, story_id), 'UTF8')), 'hex'),
    'sections', array_agg(distinct section order by section)) as seal
  from issue_pool where issue_id = ${issueId} having count(*) > 0`;

/** Signs the rows of a pool as they are; to be run with every change of them. */
export async function sealPool(tx: Queryable, issueId: number): Promise<void> {
  await tx.run(sql`update issues set pool = (${sealOf(issueId)}) where id = ${issueId}`);
}

/** The hash over the rows of a pool as they are now; undefined without rows. */
export async function poolHash(db: Queryable, issueId: number): Promise<string | undefined> {
  return (await db.row<{ seal: PoolSeal }>(sealOf(issueId)))?.seal.hash;
}

/**
 * Takes out of the pool of an open issue what must not be sent: stories that are gone, told by muted or deleted sources alone,
 * or headed by a paper its authors took back. Says how many.
 */
export async function dropSilenced(db: Database, issueId: number): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await tx.row(sql`select id from issues where id = ${issueId} and ${isOpen} for update`))) return 0;
    const dropped = await tx.run(sql`
      delete from issue_pool where issue_id = ${issueId} and story_id not in (
        select stories.id from issue_pool as own
        join stories on stories.id = own.story_id
        join story_items on story_items.story_id = stories.id
        join items on items.id = item_id
        join sources on sources.id = source_id and ${isHeard}
        where own.issue_id = ${issueId} and not ${isTakenBack})`);
    if (dropped > 0) await sealPool(tx, issueId);
    return dropped;
  });
}

/** Puts stories of the pool before the curator in another role, in their order; says how many were in the pool. */
export async function takeFromPool(
  tx: Queryable,
  { issueId, storyIds, role, by }: { issueId: number; storyIds: readonly number[]; role: 'pick' | 'pool' | 'removed'; by: string }, // prettier-ignore
): Promise<number> {
  const taken = await tx.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role, summary, sentences, section_confidence,
      section_by, map_x, map_y, decided_by)
    select issue_id, story_id, section,
      (select coalesce(max(position), 0) from issue_stories where issue_id = ${issueId})
        + row_number() over (order by position, story_id), ${role},
      array(select jsonb_array_elements_text(card -> 'summary')), sentences, section_confidence, section_by, map_x, map_y, ${by}
    from issue_pool where issue_id = ${issueId} and story_id = any(${storyIds}::int[])
      and exists (select 1 from stories where stories.id = story_id)
    on conflict do nothing`);
  await tx.run(sql`delete from issue_pool where issue_id = ${issueId} and story_id = any(${storyIds}::int[])`);
  if (taken > 0) await sealPool(tx, issueId);
  return taken;
}

interface CardRow {
  storyId: number;
  position: number;
  card: Omit<Card, 'number'>;
  hash: string;
}

function toCard({ storyId, position, card, hash }: CardRow): Card {
  if (hashContent(card) !== hash) {
    throw new PermanentError(`story ${storyId}: its stored card is not what was signed; ask for the pool again`);
  }
  return { ...card, number: position };
}

/** The cards of these stories of a pool, in its order; a story that is not in it is missing. Throws PermanentError for a card that is another than its hash says. */
export async function pooledCards(db: Queryable, issueId: number, storyIds: readonly number[]): Promise<Card[]> {
  if (storyIds.length === 0) return [];
  const rows = await db.rows<CardRow>(sql`
    select story_id, position, card, hash from issue_pool
    where issue_id = ${issueId} and story_id = any(${storyIds}::int[]) order by position, story_id`);
  return rows.map(toCard);
}

/** The stories of a pool in its order, without those a withdrawn paper heads by now. */
export async function pooledStories(db: Queryable, issueId: number): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from issue_pool where issue_id = ${issueId} and story_id not in (
      select stories.id from items join stories on headline_item_id = items.id where items.withdrawn)
    order by position, story_id`);
  return rows.map(({ storyId }) => storyId);
}

/** A story of the pool as a list names it. */
export interface PoolLine {
  storyId: number;
  title: string;
  url: string;
  source: string;
  kind: Card['kind'];
  section: string;
  lang: string;
}

/** What a search looks in. Lists are read as text: as JSON each has quotes around it. */
const cardWords = sql`concat_ws(' ', card ->> 'title', card ->> 'source', card ->> 'topic',
  (select string_agg(said, ' ') from jsonb_array_elements_text(coalesce(card -> 'authors', '[]') || coalesce(card -> 'summary', '[]')) as said))`;

/** A page of a pool, and how many stories there are with all words of `search` on their cards, of this kind, source or topic. */
export async function poolPage(
  db: Queryable,
  {
    issueId,
    search = '',
    kind = null,
    source = null,
    topic = null,
    from,
    limit,
  }: {
    issueId: number;
    search?: string;
    kind?: string | null;
    source?: string | null;
    topic?: string | null;
    from: number;
    limit: number;
  },
): Promise<{ lines: PoolLine[]; count: number }> {
  const found = sql`issue_id = ${issueId}
    and ${holdsWords(cardWords, search)}
    and (${kind}::text is null or card ->> 'kind' = ${kind}) and (${source}::text is null or card ->> 'source' = ${source})
    and (${topic}::text is null or card ->> 'topic' = ${topic})`;
  const lines = await db.rows<PoolLine>(sql`
    select story_id, card ->> 'title' as title, card ->> 'url' as url, card ->> 'source' as source, card ->> 'kind' as kind,
      section, card ->> 'lang' as lang
    from issue_pool where ${found} order by position, story_id limit ${limit} offset ${from}`);
  const counted = await db.row<{ count: number }>(
    search === '' && !kind && !source && !topic
      ? sql`select coalesce((pool ->> 'count')::integer, 0) as count from issues where id = ${issueId}`
      : sql`select count(*)::int as count from issue_pool where ${found}`,
  );
  return { lines, count: counted?.count ?? 0 };
}
