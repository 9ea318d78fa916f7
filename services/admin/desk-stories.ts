// The stories of an issue -> what the desk shows of each: number, section and how sure that is, and the places its summary is from.
import { sectionOf, sections } from '../../core/sections.ts';
import type { DeskStory } from '../../core/store/issue-edits.ts';
import type { QuotedSentence } from '../../core/store/summaries.ts';
import { safeHref } from '../../core/letter.ts';
import { texToText } from '../../core/tex-to-text.ts';
import { atSecond, clock } from '../../core/talk-time.ts';

/** By section as in the letter, or the least certain first. */
export type DeskOrder = 'section' | 'uncertain';

/** Below this the sorter would not bet three to one. */
const sure = 0.75;
const unseenNames = { paper: 'the paper', video: 'the talk', post: 'the post' } as const;

/** The lists of the desk and their counts. */
export function showStories(stories: readonly DeskStory[], sentences: readonly QuotedSentence[], order: DeskOrder) {
  const shown = stories.filter(({ role }) => role !== 'removed');
  const heard = shown.filter(({ silencedBy }) => silencedBy === null);
  const quoted = new Map<number, QuotedSentence[]>();
  for (const sentence of sentences) quoted.set(sentence.storyId, [...(quoted.get(sentence.storyId) ?? []), sentence]);
  const bySection = showSections(shown).map((section) => ({
    ...section,
    stories: section.stories.map((story) => ({
      ...story,
      certainty: certaintyOf(story),
      isUncertain: isUncertain(story),
      summary: (quoted.get(story.storyId) ?? []).map(showSentence),
    })),
  }));
  const uncertain = bySection
    .flatMap((section) => section.stories)
    .filter(({ sectionBy }) => sectionBy === 'words')
    .toSorted((a, b) => (a.sectionConfidence ?? 0) - (b.sectionConfidence ?? 0));
  return {
    sections:
      order === 'section'
        ? bySection.filter((section) => section.stories.length > 0)
        : [{ key: 'uncertain', name: 'Least certain first', stories: uncertain }],
    isByCertainty: order === 'uncertain',
    uncertain: uncertain.filter((story) => story.isUncertain).length,
    removed: stories.filter(({ role }) => role === 'removed'),
    picks: heard.filter(({ role }) => role === 'pick').length,
    pool: heard.filter(({ role }) => role === 'pool').length,
  };
}

function showSections(shown: readonly DeskStory[]) {
  const numbers = { next: 1 };
  return sections.map(({ key, name }) => {
    const own = shown.filter((story) => sectionOf(story.section).key === key);
    return {
      key,
      name,
      stories: own.map((story, index) => ({
        ...story,
        title: texToText(story.title),
        section: key,
        // What is not in the letter takes no number there.
        number: story.silencedBy === null ? numbers.next++ : null,
        isFirst: index === 0,
        isLast: index === own.length - 1,
      })),
    };
  });
}

function isUncertain({ sectionBy, sectionConfidence }: DeskStory): boolean {
  return sectionBy === 'words' && (sectionConfidence ?? 0) < sure;
}

function certaintyOf({ section, sectionBy, sectionConfidence }: DeskStory): string | null {
  const { name } = sectionOf(section);
  if (sectionBy === 'rule') return `${name} by rule`;
  if (sectionBy === 'curator') return `${name} as a curator said`;
  return sectionBy === null ? null : `${name}, ${Math.round((sectionConfidence ?? 0) * 100)}% sure`;
}

/** A sentence with a way to its place: the second of the talk, or the words marked on the story's page. */
function showSentence(sentence: QuotedSentence) {
  const { itemId, segment, start, end, startS, kind, source, url, storyId } = sentence;
  const href =
    startS === undefined
      ? `/desk/stories/${storyId}/text?quote=${itemId}.${start}.${end}#quote`
      : safeHref(atSecond(url, startS));
  const where = startS === undefined ? `in ${unseenNames[kind]} on ${source}` : `at ${clock(startS)} on ${source}`;
  return {
    text: sentence.text,
    href: sentence.isThere ? href : null,
    place: sentence.isThere ? where : `not in ${unseenNames[kind]} any more: it was changed since`,
    isLocal: segment === 0,
    model: sentence.by === 'model' ? (sentence.model ?? 'a model') : null,
    overlap: sentence.overlap === undefined ? null : `${Math.round(sentence.overlap * 100)}%`,
    refused: sentence.refused ?? null,
    quote: sentence.by === 'model' ? sentence.quote : null,
  };
}
