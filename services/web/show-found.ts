// What a search found -> a line for each, and the filters that would narrow it with how many each leaves; pure.
import { matchingSentence } from '../../core/search/matching-sentence.ts';
import type { FoundStory } from '../../core/search/search.ts';
import { sections } from '../../core/sections.ts';
import { itemKindNames } from '../../core/item-kinds.ts';
import { shortAuthors } from '../../core/short-authors.ts';
import type { ShownPassage } from '../../core/store/search-hits.ts';
import { safeHref } from '../../core/letter.ts';
import { atSecond, clock } from '../../core/talk-time.ts';
import { texToText } from '../../core/tex-to-text.ts';
import { readableDate } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';

export interface ShownFound {
  href: string;
  title: string;
  titleHtml: string;
  lang: string;
  meta: string;
  publishedAt: Date;
  isWithdrawn: boolean;
  isNear: boolean;
  /** Where the answer stands, when it is said in a talk: "at 12:40", with the address of that second. */
  at: { words: string; href: string } | null;
  pieces: { text: string; isHit: boolean }[];
  text: string;
}

interface Facet {
  name: string;
  choices: { words: string; count: number; href: string; isChosen: boolean }[];
}

const kindNames = { ...itemKindNames, digest: 'newsletter' } as const;
const choicesShown = 8;

/** One line of the results. */
export function showFound(
  story: FoundStory,
  passage: ShownPassage,
  { words, timezone }: { words: readonly string[]; timezone: string },
): ShownFound {
  const url = safeHref(passage.url) ?? '';
  const sentence = matchingSentence(passage.text, words);
  const pieces = sentence?.pieces.map(({ text, isHit }) => ({ text: texToText(text), isHit })) ?? [];
  return {
    href: story.storyId === null ? url : `/stories/${story.storyId}`,
    title: texToText(passage.title),
    titleHtml: mathHtml(passage.title),
    lang: passage.lang,
    meta: [
      kindNames[story.kind],
      story.source,
      shortAuthors(passage.authors),
      readableDate(passage.publishedAt, timezone),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    publishedAt: passage.publishedAt,
    isWithdrawn: passage.withdrawn,
    isNear: !story.hasWords,
    at: passage.startS === null ? null : { words: `at ${clock(passage.startS)}`, href: atSecond(url, passage.startS) },
    pieces,
    text: pieces.map(({ text }) => text).join(''),
  };
}

/** Of everything found: kinds, sections, years, topics and sources, the most frequent first; one that is chosen can be taken back. */
export function showFacets(
  stories: readonly FoundStory[],
  asked: {
    q: string;
    kind?: string | undefined;
    section?: string | undefined;
    source?: number | undefined;
    topic?: number | undefined;
    year?: number | undefined;
  },
): Facet[] {
  const { q, ...chosen } = asked;
  const hrefWith = (name: string, value: string | undefined): string => {
    const fields = { ...chosen, page: undefined, [name]: value };
    const given = Object.entries(fields).flatMap(([key, held]) => (held === undefined ? [] : [[key, String(held)]]));
    return `/search?${new URLSearchParams([['q', q], ...given] as [string, string][]).toString()}`;
  };
  const facet = (
    name: string,
    field: keyof typeof chosen,
    of: (story: FoundStory) => [value: string, words: string] | undefined,
  ): Facet => {
    const counts = new Map<string, { words: string; count: number }>();
    for (const story of stories) {
      const [value, words] = of(story) ?? [];
      if (value === undefined || words === undefined) continue;
      counts.set(value, { words, count: (counts.get(value)?.count ?? 0) + 1 });
    }
    const isChosen = (value: string): boolean => String(chosen[field]) === value;
    const choices = [...counts]
      .toSorted(([, a], [, b]) => b.count - a.count)
      .slice(0, choicesShown)
      .map(([value, { words, count }]) => ({
        words,
        count,
        isChosen: isChosen(value),
        href: hrefWith(field, isChosen(value) ? undefined : value),
      }));
    return { name, choices };
  };
  const sectionNames = new Map(sections.map(({ key, name }) => [key, name]));
  return [
    facet('Kind', 'kind', ({ kind }) => [kind, kindNames[kind]]),
    facet('Section', 'section', ({ section }) =>
      section === null ? undefined : [section, sectionNames.get(section) ?? section],
    ),
    facet('Year', 'year', ({ year }) => [String(year), String(year)]),
    facet('Topic', 'topic', ({ topicId, topic }) =>
      topicId === null || topic === null ? undefined : [String(topicId), topic],
    ),
    facet('Source', 'source', ({ sourceId, source }) => [String(sourceId), source]),
  ].filter(({ choices }) => choices.length > 1 || choices.some(({ isChosen }) => isChosen));
}
