// What an issue holds -> the subject and the intro that are proposed to its curator: what leads, with true counts; pure.
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { shortTitle } from './short-title.ts';

const topicCount = 3;
/** A topic of fewer stories is nothing that the week is about. */
const smallestTopic = 3;
const namedInSubject = 2;
const namedInIntro = 3;
const names = { paper: ['paper', 'papers'], video: ['talk', 'talks'], post: ['post', 'posts'] } as const;

export interface IssueFacts {
  /** All stories of the week that readers may get. */
  stories: readonly Pick<UncarriedStory, 'items' | 'topic'>[];
  /** Those that every reader gets, the first before all. */
  leads: readonly Pick<UncarriedStory, 'items'>[];
}

/** "LoRA in four places; Mamba against attention": what the first two stories are about; undefined without a story. */
export function writeSubject({ leads }: Pick<IssueFacts, 'leads'>): string | undefined {
  const named = leads.slice(0, namedInSubject).map(({ items }) => shortTitle(items[0]!.title));
  return named.length === 0 ? undefined : named.join('; ');
}

/** What leads, then how many stories of which kind there are, and the topics that most of them share. A story counts once, by its headline. */
export function writeIntro({ stories, leads }: IssueFacts): string {
  const kinds = stories.map(({ items }) => items[0]!.kind);
  const counts = (['paper', 'video', 'post'] as const).flatMap((kind) => {
    const count = kinds.filter((own) => own === kind).length;
    return count > 0 ? [counted(count, names[kind])] : [];
  });
  const titles = leads.slice(0, namedInIntro).map(({ items }) => `“${texToText(items[0]!.title)}”`);
  const topics = largestTopics(stories);
  return [
    ...(titles.length > 0 ? [`This week opens with ${listed(titles)}.`] : []),
    `${stories.length === 1 ? 'There is' : 'There are'} ${counted(stories.length, ['story', 'stories'])}${counts.length > 1 ? `: ${listed(counts)}` : ''}.`,
    ...(topics.length > 1 ? [`The largest topics are ${listed(topics)}.`] : []),
  ].join(' ');
}

function largestTopics(stories: IssueFacts['stories']): string[] {
  const sizes = new Map<string, number>();
  for (const { topic } of stories) if (topic !== null) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  return [...sizes]
    .filter(([, size]) => size >= smallestTopic)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, topicCount)
    .map(([topic, size]) => `${inSentence(topic)} (${size.toLocaleString('en')})`);
}

/** "Language models" within a sentence is "language models", "GPT models" what it is. */
function inSentence(topic: string): string {
  return /^\p{Lu}\p{Ll}/u.test(topic) ? topic.charAt(0).toLowerCase() + topic.slice(1) : topic;
}

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
