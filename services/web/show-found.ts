// What a search found -> a line for each, and the filters that would narrow it with how many each leaves; pure.
import { matchingSentence } from '../../core/search/matching-sentence.ts';
import type { FoundStory } from '../../core/search/search.ts';
import { sectionName } from '../../core/section-name.ts';
import { sections } from '../../core/sections.ts';
import { shortAuthors } from '../../core/letter/short-authors.ts';
import type { ShownPassage } from '../../core/store/search-hits.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import { atSecond, formatTalkTime } from '../../core/letter/talk-time.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';

export interface ShownFound {
  href: string;
  title: string;
  titleHtml: string;
  lang: string;
  textLang: string;
  /** The item that answers, when the story goes by another. */
  inItem: string | null;
  meta: string;
  publishedAt: Date;
  isWithdrawn: boolean;
  isNear: boolean;
  /** The question is its number or its address. */
  isNamed: boolean;
  /** Where the answer stands, when it is said in a talk: "at 12:40", with the address of that second. */
  at: { words: string; href: string } | null;
  pieces: { text: string; isHit: boolean }[];
  text: string;
}

interface Facet {
  name: string;
  choices: { words: string; count: number; href: string; isChosen: boolean }[];
}

const choicesShown = 8;

/** One line of the results. */
export function showFound(
  story: FoundStory,
  passage: ShownPassage,
  { hits, timezone, words }: { hits: readonly string[]; timezone: string; words: Words },
): ShownFound {
  const url = safeHref(passage.url) ?? '';
  const named = passage.headline ?? passage;
  const sentence = matchingSentence(passage.text, hits);
  const pieces = sentence?.pieces.map(({ text, isHit }) => ({ text: texToText(text), isHit })) ?? [];
  return {
    href: story.storyId === null ? url : `/stories/${story.storyId}`,
    title: texToText(named.title),
    titleHtml: mathHtml(named.title),
    lang: named.lang,
    inItem: passage.headline && words.say('search.inItem', { kind: words.say(`kind.${passage.kind}`), title: texToText(passage.title), source: story.source }), // prettier-ignore
    textLang: passage.lang,
    meta: [
      // What stands under a headline is of the headline; what answered, where it is another item, is named below.
      words.say(`kind.${passage.headline?.kind ?? story.kind}`),
      passage.headline?.source ?? story.source,
      shortAuthors(named.authors, words),
      words.date(passage.publishedAt, timezone),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    publishedAt: passage.publishedAt,
    isWithdrawn: named.withdrawn,
    isNear: !story.hasWords,
    isNamed: story.isNamed,
    at:
      passage.startS === null
        ? null
        : {
            words: words.say('search.at', { at: formatTalkTime(passage.startS) }),
            href: atSecond(url, passage.startS),
          },
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
  say: Words,
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
  const sectionNames = new Map(sections.map((section) => [section.key, sectionName(section, say)]));
  return [
    facet(say.say('search.kind'), 'kind', ({ kind }) => [kind, say.say(`kind.${kind}`)]),
    facet(say.say('search.section'), 'section', ({ section }) =>
      section === null ? undefined : [section, sectionNames.get(section) ?? section],
    ),
    facet(say.say('search.year'), 'year', ({ year }) => [String(year), String(year)]),
    facet(say.say('search.topic'), 'topic', ({ topicId, topic }) =>
      topicId === null || topic === null ? undefined : [String(topicId), topic],
    ),
    facet(say.say('search.source'), 'source', ({ sourceId, source }) => [String(sourceId), source]),
  ].filter(({ choices }) => choices.length > 1 || choices.some(({ isChosen }) => isChosen));
}
