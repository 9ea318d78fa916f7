// What a curator says of which items are one story, and which of them speaks for it -> said, followed by the proposed openings of the
// open issues, and looked at again by whoever finds, sorts and pools stories.
import { sql, type Transactional } from '../db.ts';
import type { House } from '../house.ts';
import { poolsToLay } from '../store/issue-pool.ts';
import { draftsToSort } from '../store/section-labels.ts';
import { lockStories } from '../store/stories.ts';
import { wordsIn } from '../words.ts';
import { followPicks } from './follow-picks.ts';

/** `decide` is one of core/store/story-decisions.ts; all of it is one transaction. */
export async function decideStory<T>(
  { db, queue, config }: Pick<House, 'db' | 'queue' | 'config'>,
  decide: (tx: Transactional) => Promise<T>,
): Promise<T> {
  const words = wordsIn(config.SITE_LANGUAGE);
  const decided = await db.transaction(async (tx) => {
    // In the order in which decisions lock, and before the first look at what leads.
    await lockStories(tx);
    const open = await tx.rows<{ id: number }>(sql`
      select id from issues where status in ('draft', 'in_review') order by id for update`);
    let following = (): Promise<T> => decide(tx);
    for (const { id: issueId } of open) {
      const inner = following;
      following = () => followPicks(tx, { issueId, words }, inner);
    }
    return following();
  });
  await queue.enqueue('stories.find', {});
  for (const { id: issueId } of await draftsToSort(db)) await queue.enqueue('issue.sort', { issueId });
  for (const { id: issueId } of await poolsToLay(db)) await queue.enqueue('issue.pool', { issueId });
  return decided;
}
