// Phrases that the desk muted x stories -> the stories without those whose titles say one; pure.
import { indexRuleStories } from './readers/reader-rules.ts';

interface Titled {
  items: readonly { title: string }[];
}

/** The stories none of whose titles holds a muted phrase, in their order; phrases as rules of readers have them. */
export function withoutMuted<Story extends Titled>(stories: readonly Story[], phrases: readonly string[]): Story[] {
  const muted = mutedAmong(stories, phrases);
  return stories.filter((_, at) => !muted.has(at));
}

/** The indices of the stories one of whose titles holds one of these phrases. */
export function mutedAmong(stories: readonly Titled[], phrases: readonly string[]): Set<number> {
  if (phrases.length === 0) return new Set();
  // A bar stands between titles: a phrase is in one of them, not across two.
  const index = indexRuleStories(
    stories.map(({ items }, at) => ({ storyId: at, title: items.map(({ title }) => title).join(' ### '), text: '', authors: [], sources: [] })), // prettier-ignore
  );
  return new Set(phrases.flatMap((words) => [...index.hitsOf({ field: 'word', words })]));
}
