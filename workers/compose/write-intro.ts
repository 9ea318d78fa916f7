// what an issue holds -> its first sentence, with true counts, and what is missing from it; pure.
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';

const threadCount = 3;
const names = { paper: ['paper', 'papers'], video: ['talk', 'talks'], post: ['post', 'posts'] } as const;

export interface IntroFacts {
  /** The stories in the draft. */
  stories: readonly UncarriedStory[];
  /** Sources that were late or broken when the draft was made. */
  troubled: readonly { title: string; health: 'late' | 'broken' }[];
}

/** "This week: 47 papers, 20 talks and 31 posts from 12 sources. Most are about ...", then one sentence on late and broken sources. */
export function writeIntro({ stories, troubled }: IntroFacts): string {
  const items = stories.flatMap((story) => story.items);
  const counts = (['paper', 'video', 'post'] as const).flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count > 0 ? [counted(count, names[kind])] : [];
  });
  const sources = new Set(items.map(({ sourceId }) => sourceId)).size;
  const threads = largestTopics(stories);
  const about = threads.length > 0 ? ` Most are about ${listed(threads)}.` : '';
  const first = `This week: ${listed(counts)} from ${counted(sources, ['source', 'sources'])}.`;
  return [`${first}${about}`, ...missing(troubled)].join(' ');
}

function largestTopics(stories: readonly UncarriedStory[]): string[] {
  const sizes = new Map<string, number>();
  for (const { topic } of stories) if (topic !== null) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  return [...sizes]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, threadCount)
    .map(([topic]) => threadOf(topic));
}

/** A topic's name is a list of keywords; in a sentence one of them says enough, best one of two words. */
function threadOf(topic: string): string {
  const keywords = topic.split(', ');
  const thread = keywords.find((keyword) => keyword.includes(' ')) ?? keywords[0]!;
  return /^[A-Z][a-z]/.test(thread) ? thread.charAt(0).toLowerCase() + thread.slice(1) : thread;
}

function missing(troubled: IntroFacts['troubled']): string[] {
  const titles = (health: 'late' | 'broken') =>
    troubled.filter((source) => source.health === health).map(({ title }) => title);
  const late = titles('late');
  const broken = titles('broken');
  return [
    ...(late.length > 0 ? [`Late this week: ${listed(late)}.`] : []),
    ...(broken.length > 0 ? [`Could not be read: ${listed(broken)}.`] : []),
  ];
}

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
