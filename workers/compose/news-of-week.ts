// The stories of some days -> what a draft or a pool may be made of: without what the desk muted.
import type { Queryable } from '../../core/db.ts';
import { withoutMuted } from '../../core/muted-stories.ts';
import { listMutedWords } from '../../core/store/muted-words.ts';
import { uncarriedStories, type UncarriedStory } from '../../core/store/uncarried-stories.ts';

/** As core/store/uncarried-stories.ts has them, but for those whose titles say muted words. */
export async function newsOfWeek(
  db: Queryable,
  days: Parameters<typeof uncarriedStories>[1],
): Promise<UncarriedStory[]> {
  const stories = await uncarriedStories(db, days);
  const muted = await listMutedWords(db);
  return withoutMuted(stories, muted.map(({ words }) => words)); // prettier-ignore
}
