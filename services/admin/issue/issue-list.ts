// The stories of an issue and a view -> the lines of the list: filtered, in order, under headings, a page at a time; pure.
import { itemKindNames } from '../../../core/item-kinds.ts';
import { newsworthinessOf } from '../../../core/newsworthiness.ts';
import { plural } from '../../../core/plural.ts';
import { sectionOf } from '../../../core/sections.ts';
import type { DeskStory } from '../../../core/store/desk-stories.ts';
import { texToText } from '../../../core/tex/tex-to-text.ts';
import { searchWords } from '../../../core/text/search-words.ts';
import type { View } from './issue-view.ts';

/** As many as are put before a curator; a longer issue has pages. */
export const linesAtOnce = 40;
/** Below this the sorter would not bet three to one. */
const sure = 0.75;
/** A line has room for two. */
const namedSources = 2;

/** A story with what its line says. */
export interface ListLine extends DeskStory {
  /** Its number in the letter's sections; null for what is not in it. */
  number: number | null;
  sectionName: string;
  certainty: string | null;
  /** Its section is out of question: a sorter as sure as can be says nothing to decide by. */
  isSure: boolean;
  /** What the curator is asked, in a word or two; null when nothing is. */
  asks: string | null;
  /** "paper, arXiv cs.CL, Hugging Face Papers +2 · 120 points": what a curator judges it by before it is opened. */
  facts: string;
  score: number;
}

interface Group {
  name: string;
  /** What is said beside the heading. */
  aside: string;
  isCut: boolean;
  lines: ListLine[];
}

/** Every story with its number, its score and what it asks. In the order of the letter. */
export function tellLines(
  stories: readonly DeskStory[],
  { now, sections }: { now: Date; sections: readonly { key: string }[] },
): ListLine[] {
  const placeOf = new Map(sections.map(({ key }, place) => [key, place]));
  const order = (story: DeskStory): number => placeOf.get(sectionOf(story.section).key) ?? sections.length;
  const numbers = { next: 1 };
  return stories
    .toSorted((a, b) => order(a) - order(b))
    .map((story) => ({
      ...story,
      title: texToText(story.title),
      section: sectionOf(story.section).key,
      sectionName: sectionOf(story.section).name,
      number: story.role !== 'removed' && story.silencedBy === null ? numbers.next++ : null,
      certainty: certaintyOf(story),
      isSure: story.sectionBy === 'words' && (story.sectionConfidence ?? 0) >= sure,
      asks: asksOf(story),
      facts: factsOf(story),
      score: scoreOf(story, now),
    }));
}

/** What the tabs count. */
export function countLines(lines: readonly ListLine[]) {
  const shown = lines.filter(({ role }) => role !== 'removed');
  const heard = shown.filter(({ silencedBy }) => silencedBy === null);
  return {
    all: shown.length,
    check: shown.filter(({ asks }) => asks !== null).length,
    picks: heard.filter(({ role }) => role === 'pick').length,
    pool: heard.filter(({ role }) => role === 'pool').length,
    rejected: lines.filter(isRejected).length,
  };
}

/** The lines of a view in its order, as headings with their lines; and how many there are on how many pages. */
export function arrangeLines(lines: readonly ListLine[], view: View, leadNumber = 0) {
  const found = lines.filter((line) => isShown(line, view) && isFound(line, view));
  const groups = view.show === 'check' ? [plainGroup('The least certain first', leastCertain(found))] : groupsOf(found, view, leadNumber); // prettier-ignore
  const from = (view.page - 1) * linesAtOnce;
  const ordered = groups.flatMap((group) => group.lines);
  // Numbers follow the lines as they are shown, over all pages: those of the sections would jump, since picks stand first.
  const numbered = ordered.filter(({ number }) => number !== null);
  const places = new Map(numbered.map((line, at) => [line, at + 1]));
  const onPage = new Set(ordered.slice(from, from + linesAtOnce));
  return {
    groups: groups
      .map((group) => ({
        ...group,
        lines: group.lines
          .filter((line) => onPage.has(line))
          .map((line) => ({ ...line, place: places.get(line) ?? null })),
      })) // prettier-ignore
      .filter((group) => group.lines.length > 0),
    count: found.length,
    pages: Math.ceil(found.length / linesAtOnce),
  };
}

/** The words the filters offer: each kind, source and topic that some line has. */
export function filtersOf(lines: readonly ListLine[]) {
  const sorted = (values: string[]): string[] => [...new Set(values)].toSorted((a, b) => a.localeCompare(b, 'en'));
  return {
    sources: sorted(lines.flatMap(({ items }) => items.map(({ source }) => source))),
    topics: sorted(lines.flatMap(({ topic }) => topic ?? [])),
  };
}

function isRejected({ role, isLeftOut }: ListLine): boolean {
  return role === 'removed' && !isLeftOut;
}

function isShown(line: ListLine, { show, q }: View): boolean {
  const { role, asks } = line;
  if (show === 'rejected') return isRejected(line);
  if (show === 'picks') return role === 'pick';
  if (show === 'check') return role !== 'removed' && asks !== null;
  // Who looks for a story finds it whatever became of it.
  return show === 'all' && (role !== 'removed' || q !== '');
}

function isFound({ title, items, topic, words }: ListLine, { q, kind, source, topic: wanted }: View): boolean {
  const text = [title, topic, words, ...items.map((item) => item.source)].join(' ').toLowerCase();
  return (
    searchWords(q).every((word) => text.includes(word.toLowerCase())) &&
    (kind === '' || items[0]?.kind === kind) &&
    (source === '' || items.some((item) => item.source === source)) &&
    (wanted === '' || topic === wanted)
  );
}

/** First what everybody gets, as the letter has it, the lead before all; then the cut, then the others by section, topic or score. */
function groupsOf(found: readonly ListLine[], { by, show }: View, leadNumber: number): Group[] {
  if (show === 'rejected') return [plainGroup('Rejected', found)];
  const isLead = ({ number }: ListLine): number => Number(number === leadNumber);
  const picks = found.filter(({ role }) => role === 'pick').toSorted((a, b) => isLead(b) - isLead(a));
  const rest = found.filter(({ role }) => role !== 'pick');
  return [
    { ...plainGroup('The lead and picks', picks), aside: 'everybody gets these', isCut: rest.length > 0 },
    ...headed(rest, by),
  ].filter(({ lines }) => lines.length > 0);
}

function headed(rest: readonly ListLine[], by: View['by']): Group[] {
  if (by === 'score')
    return [
      plainGroup(
        'By score',
        rest.toSorted((a, b) => b.score - a.score),
      ),
    ];
  const nameOf = (line: ListLine): string => (by === 'topic' ? (line.topic ?? 'Without a topic') : line.sectionName);
  const names = [...new Set(rest.map(nameOf))];
  const ordered = by === 'topic' ? names.toSorted((a, b) => a.localeCompare(b, 'en')) : names;
  return ordered.map((name) => plainGroup(name, rest.filter((line) => nameOf(line) === name))); // prettier-ignore
}

function plainGroup(name: string, lines: readonly ListLine[]): Group {
  return { name, aside: String(lines.length), isCut: false, lines: [...lines] };
}

function leastCertain(lines: readonly ListLine[]): ListLine[] {
  return lines.toSorted((a, b) => (a.sectionConfidence ?? 1) - (b.sectionConfidence ?? 1));
}

function asksOf({ silencedBy, sectionBy, sectionConfidence }: DeskStory): string | null {
  if (silencedBy !== null) return 'not in the letter';
  return sectionBy === 'words' && (sectionConfidence ?? 0) < sure ? 'which section?' : null;
}

function certaintyOf({ section, sectionBy, sectionConfidence }: DeskStory): string | null {
  const { name } = sectionOf(section);
  if (sectionBy === 'rule') return `${name} by rule`;
  if (sectionBy === 'curator') return `${name} as a curator said`;
  // A machine is never sure.
  return sectionBy === null ? null : `${name}, ${Math.min(99, Math.round((sectionConfidence ?? 0) * 100))}% sure`;
}

function factsOf({ items, newsletters, points }: DeskStory): string {
  const sources = [...new Set(items.map(({ source }) => source))];
  const others = sources.length - namedSources;
  const kind = items[0] ? [itemKindNames[items[0].kind]] : [];
  return [
    [...kind, ...sources.slice(0, namedSources)].join(', ') + (others > 0 ? ` +${others}` : ''),
    ...(newsletters > 0 ? [`in ${plural(newsletters, 'newsletter', 'newsletters')}`] : []),
    ...(points > 0 ? [plural(points, 'point', 'points')] : []),
  ].join(' · ');
}

/** As drafts weigh it; who prepares an issue knows of no saves yet. */
function scoreOf(story: DeskStory, now: Date): number {
  return story.items.length === 0 ? -Infinity : newsworthinessOf(story, now);
}
