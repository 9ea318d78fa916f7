// The content of an issue with the cards of its pool that letters need: what was signed, and no more of it than somebody gets.
import type { Queryable } from '../db.ts';
import type { IssueContent } from './issue-content.ts';
import { pooledCards } from './issue-pool.ts';
import { pickedStories, type RenderKey } from './renders.ts';

/** The content with these stories of its pool behind its own; those it has itself are not looked up. */
export async function withPooled(
  db: Queryable,
  { issueId, content, storyIds }: { issueId: number; content: IssueContent; storyIds: readonly number[] },
): Promise<IssueContent> {
  if (!content.pool) return content;
  const own = new Set(content.cards.map(({ storyId }) => storyId));
  const others = await pooledCards(db, issueId, storyIds.filter((storyId) => !own.has(storyId))); // prettier-ignore
  return { ...content, cards: [...content.cards, ...others] };
}

/** The content with all stories that somebody gets. */
export async function withPicked(db: Queryable, key: RenderKey, content: IssueContent): Promise<IssueContent> {
  return withPooled(db, { issueId: key.issueId, content, storyIds: await pickedStories(db, key) });
}
