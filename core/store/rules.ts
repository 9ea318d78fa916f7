// Rules: what a reader always wants, never wants, or wants only; and the stories they are tried on.
import { sql, type Queryable, type Transactional } from '../db.ts';
import type { Rule, RuleStory } from '../readers/reader-rules.ts';
import { lockReader } from './reader-lock.ts';

export interface StoredRule extends Rule {
  id: number;
}

/** How many rules a reader may have. */
export const maxRules = 50;
/** How many characters the words of a rule may have. */
export const maxRuleLength = 100;

/** The rules of a reader in the order they were made. */
export function listRules(db: Queryable, readerId: number): Promise<StoredRule[]> {
  return db.rows<StoredRule>(sql`
    select id, effect, field, words from rules where reader_id = ${readerId} order by id`);
}

/** Adds a rule and returns its id; undefined when the reader has it already, or has as many as fit. */
export async function addRule(
  db: Transactional,
  { readerId, rule, at }: { readerId: number; rule: Rule; at: Date },
): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    const row = await tx.row<{ id: number }>(sql`
      insert into rules (reader_id, effect, field, words, created_at)
      select ${readerId}, ${rule.effect}, ${rule.field}, ${rule.words}, ${at}
      where (select count(*) from rules where reader_id = ${readerId}) < ${maxRules}
      on conflict do nothing returning id`);
    return row?.id;
  });
}

/** Removes a rule of this reader and returns it; undefined when there is none. */
export function removeRule(
  db: Queryable,
  { readerId, id }: { readerId: number; id: number },
): Promise<Rule | undefined> {
  return db.row<Rule>(sql`
    delete from rules where id = ${id} and reader_id = ${readerId} returning effect, field, words`);
}

/** The names of authors in which this one may be: as it is written, or with its words among the names that the search knows. */
export async function authorsLike(db: Queryable, name: string): Promise<string[]> {
  const rows = await db.rows<{ author: string }>(sql`
    select distinct author from items, unnest(authors) as author
    where items.authors @> array[${name}]
      or items.id in (select item_id from search_hits(plainto_tsquery('simple', ${name}), true, null, null, null, null, ${mostLikeNames}, ${mostLikeNames}))`);
  return rows.map(({ author }) => author);
}
const mostLikeNames = 200;

/** What rules look at in these stories; one that is gone is missing. */
export function ruleStories(db: Queryable, storyIds: readonly number[]): Promise<RuleStory[]> {
  return db.rows<RuleStory>(sql`
    select stories.id as story_id, coalesce(min(items.title) filter (where items.id = headline_item_id), '') as title,
      string_agg(items.title || ' ' || left(items.text, 2000), ' ' order by items.id) as text,
      coalesce((select array_agg(distinct author) from story_items as own
        join items as one on one.id = own.item_id, unnest(one.authors) as author
        where own.story_id = stories.id), '{}') as authors,
      array_agg(distinct sources.title) as sources
    from stories
    join story_items on story_items.story_id = stories.id
    join items on items.id = item_id
    join sources on sources.id = source_id
    where stories.id = any(${storyIds}::int[])
    group by stories.id order by stories.id`);
}

/** The stories of the issues that went out since, newest first: what a rule would have met. */
export async function storiesSentSince(db: Queryable, since: Date): Promise<number[]> {
  const rows = await db.rows<{ storyId: number }>(sql`
    select story_id from stories_of_issues join issues on issues.id = issue_id
    where status in ('sending', 'sent') and role <> 'removed' and coalesce(sent_at, send_at, created_at) >= ${since}
    group by story_id order by max(issues.number) desc, story_id`);
  return rows.map(({ storyId }) => storyId);
}
