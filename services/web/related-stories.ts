// A story -> what its page leads to: the newest of its topic, and where those are few, what is nearest in meaning.
import type { Database } from '../../core/db.ts';
import { headlinesOf, newestOfTopic, type NamedStory } from '../../core/store/story-lists.ts';
import type { Finder } from './find-stories.ts';

const shownAtMost = 6;
/** With so many of its topic nobody misses more. */
const enough = 3;

/** Both lists, each of other stories; without a finder those of the topic alone. */
export async function relatedStories(
  db: Database,
  { id, topicId, finder }: { id: number; topicId: number | null; finder: Finder | undefined },
): Promise<{ ofTopic: NamedStory[]; alike: NamedStory[] }> {
  const ofTopic = topicId === null ? [] : await newestOfTopic(db, { topicId, but: id, limit: shownAtMost });
  if (!finder || ofTopic.length >= enough) return { ofTopic, alike: [] };
  const but = ofTopic.map((one) => one.id);
  const ids = await finder.near(id, { but, count: shownAtMost - ofTopic.length });
  return { ofTopic, alike: ids.length > 0 ? await headlinesOf(db, ids) : [] };
}
