// What an issue holds -> the subject and the intro that are proposed to its curator: what leads, with true counts, in the words of the publication.
import { subjectCharacters } from '../letter/shown-characters.ts';
import type { UncarriedStory } from '../store/uncarried-stories.ts';
import { texToText } from '../tex/tex-to-text.ts';
import { english, type Words } from '../words.ts';
import { shortTitle } from '../short-title.ts';

const topicCount = 3;
/** A topic of fewer stories is nothing that the week is about. */
const smallestTopic = 3;
const namedInIntro = 3;

export interface IssueFacts {
  /** All stories of the week that readers may get. */
  stories: readonly Pick<UncarriedStory, 'items' | 'topic'>[];
  /** Those that every reader gets, the first before all. */
  leads: readonly Lead[];
}

/** Of a story that leads, its headline alone is named. */
interface Lead {
  items: readonly { title: string }[];
}

/**
 * "LoRA in four places; Mamba against attention": what the first story is about, and the next that a list of mails has room for beside it;
 * undefined without a story.
 */
export function writeSubject({ leads }: Pick<IssueFacts, 'leads'>): string | undefined {
  const [first, ...others] = leads.map(({ items }) => shortTitle(items[0]!.title));
  const both = others.map((other) => `${first}; ${other}`);
  return both.find(({ length }) => length <= subjectCharacters.most) ?? first;
}

/** What leads, then how many stories of which kind there are, and the topics that most of them share. A story counts once, by its headline. */
export function writeIntro({ stories, leads }: IssueFacts, words: Words = english): string {
  const { say, list, lang } = words;
  const kinds = stories.map(({ items }) => items[0]!.kind);
  const counts = (['paper', 'video', 'post'] as const).flatMap((kind) => {
    const n = kinds.filter((own) => own === kind).length;
    return n > 0 ? [say(`kind.${kind}s`, { n })] : [];
  });
  const opens = writeOpens(leads, words);
  const topics = largestTopics(stories, lang);
  const n = stories.length;
  const sentences = [
    ...(opens ? [opens] : []),
    counts.length > 1 ? say('draft.countOf', { n, kinds: list(counts) }) : say('draft.count', { n }),
    ...(topics.length > 1 ? [say('draft.topics', { topics: list(topics) })] : []),
  ];
  return sentences.join(lang === 'zh' ? '' : ' ');
}

/** The sentence that names what leads; empty without a story. */
export function writeOpens(leads: IssueFacts['leads'], { say, list }: Words): string {
  const titles = leads.slice(0, namedInIntro).map(({ items }) => say('draft.quoted', { title: texToText(items[0]!.title) })); // prettier-ignore
  return titles.length > 0 ? say('draft.opens', { titles: list(titles) }) : '';
}

/** By the names that their pages have: nothing tells "Insects", which could be small here, from "Google" and "OpenAI", which could not. */
function largestTopics(stories: IssueFacts['stories'], lang: string): string[] {
  const sizes = new Map<string, number>();
  for (const { topic } of stories) if (topic !== null) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  return [...sizes]
    .filter(([, size]) => size >= smallestTopic)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, topicCount)
    .map(([topic, size]) => `${topic} (${size.toLocaleString(lang)})`);
}
