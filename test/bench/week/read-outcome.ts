// What stands in the store after a week -> the one object that judge.py reads.
import { sql, type Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { pickLine } from '../../../core/letter/pick-words.ts';
import { loadIssueContent, type Card, type IssueContent } from '../../../core/store/issue-content.ts';
import { pooledStories } from '../../../core/store/issue-pool.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { withPooled } from '../../../core/store/letter-content.ts';
import { picksOf } from '../../../core/store/picks.ts';
import { readingOrder } from '../../../services/mailer/reading-order.ts';
import type { StageTiming } from './watch-stages.ts';

export interface Outcome {
  schema: 1;
  now: string;
  issue: string;
  items: { id: number; kind: string; source: string; url: string; title: string; text: string; publishedAt: Date; by: string }[]; // prettier-ignore
  stories: { id: number; headline: number | null; items: number[]; topic: number | null }[];
  topics: { id: number; name: string; keywords: string[] }[];
  draft: { story: number; position: number; role: string; section: string; title: string; summary: string[] }[];
  pool: number[];
  letters: Letter[];
  timings: StageTiming[];
  probe: { longestGapMs: number };
}

interface Letter {
  email: string;
  interests: string[];
  picks: { story: number; editors: boolean; reason: string | null; title: string; url: string; also: string[]; summary: string[] }[]; // prettier-ignore
}

/** Reads everything, old items too; the letters as they were mailed. */
export async function readOutcome({ db, now }: House, issue: Issue): Promise<Omit<Outcome, 'timings' | 'probe'>> {
  const content = await loadIssueContent(db, issue.id);
  return {
    schema: 1,
    now: now().toISOString(),
    issue: issue.slug,
    items: await db.rows(sql`
      select items.id, case items.kind when 'video' then 'talk' else items.kind end as kind, sources.title as source,
        items.url, items.title, items.text, items.published_at,
        coalesce(case why when 'near' then 'likeness' else why end, 'first') as by
      from items join sources on sources.id = source_id left join story_items on item_id = items.id order by items.id`),
    stories: await db.rows(sql`
      select stories.id, headline_item_id as headline, array_agg(item_id order by item_id) as items, topic_id as topic
      from stories join story_items on story_id = stories.id group by stories.id order by stories.id`),
    topics: await db.rows(sql`
      select id, name, keywords from topics where exists (select 1 from stories where topic_id = topics.id) order by id`),
    draft: content.cards.map(({ storyId, number, role, section, title, summary }) => ({ story: storyId, position: number, role, section, title, summary })), // prettier-ignore
    pool: [...content.cards.map(({ storyId }) => storyId), ...(await pooledStories(db, issue.id))],
    letters: await lettersOf(db, { issue, content }),
  };
}

async function lettersOf(
  db: Queryable,
  { issue, content }: { issue: Issue; content: IssueContent },
): Promise<Letter[]> {
  const readers = await db.rows<{ id: number; email: string; interests: string[] }>(sql`
    select id, email, array(select words from interests where reader_id = readers.id order by created_at, words) as interests
    from readers order by id`);
  const { contentHash } = (await db.row<{ contentHash: string }>(
    sql`select content_hash from issues where id = ${issue.id}`,
  ))!;
  const picks = await picksOf(db, { issueId: issue.id, contentHash, readerIds: readers.map(({ id }) => id) });
  const storyIds = [...picks.values()].flatMap((stories) => stories.map(({ storyId }) => storyId));
  const whole = await withPooled(db, { issueId: issue.id, content, storyIds });
  const cards = new Map(whole.cards.map((card) => [card.storyId, card]));
  return readers.map(({ id, email, interests }) => ({
    email,
    interests,
    picks: readingOrder(whole)(picks.get(id) ?? []).flatMap(
      ({ stories }) =>
      stories.map((story) => ({ ...mailed(cards.get(story.storyId)!), editors: story.kind === 'editor', reason: pickLine(story) })), // prettier-ignore
    ),
  }));
}

function mailed({ storyId, title, url, also, summary }: Card) {
  return { story: storyId, title, url, also: also.map((one) => one.url), summary };
}
