// Stories -> where the words of a phrase stand: in titles and texts, near each other, in any of their forms, or as an abbreviation.
import { stemmer } from 'stemmer';
import { isUnspaced } from '../../core/text/words.ts';
import type { PlacedTerms } from '../../core/text/stemmed-terms.ts';
import { findAbbreviations } from './abbreviations.ts';

/** A story as it is read: what stands in its title counts more. */
export interface StoryWords {
  title: PlacedTerms;
  text: PlacedTerms;
}

/** Roots of the words of one story in order, the title's first. */
interface Sequence {
  roots: Int32Array;
  words: Int32Array;
  /** Where each word stands among all words of the story. */
  positions: Int32Array;
  /** So many of them stand in the title. */
  titleEnd: number;
}

/** Which stories hold a root, and how often in title and text. */
export interface RootPosting {
  documents: number[];
  inTitle: number[];
  inText: number[];
}

/** Made by `indexPhrases`; a story's number is its index in the list. */
export interface PhraseIndex {
  size: number;
  sequences: readonly Sequence[];
  /** By the number of the root. */
  postings: readonly RootPosting[];
  /** Mean number of roots in a story. */
  averageLength: number;
  rootIds: ReadonlyMap<string, number>;
  words: readonly string[];
  /** Each abbreviation that these stories define, with the roots of what it stands for. */
  abbreviations: readonly { root: string; long: readonly string[] }[];
}

/** Between the last word of a title and the first of a text: farther apart than any two words of a match. */
const gap = 1_000;

/** The stem of an English word (Porter, Program 14, 1980), others as they are: "quantized" meets "quantization". */
export function rootOf(word: string): string {
  return word.length > 2 && !isUnspaced(word) ? stemmer(word) : word;
}

/** Indexes stories given as their words; 10,000 stories of 150 words take some 30 MB. */
export function indexPhrases(stories: readonly StoryWords[]): PhraseIndex {
  const roots = numbering();
  const words = numbering();
  const rootOfWord: number[] = [];
  const postings: RootPosting[] = [];
  let total = 0;
  const sequences = stories.map(({ title, text }, document): Sequence => {
    const own = Int32Array.from([...title.words, ...text.words], words.idOf);
    const ownRoots = own.map((word) => (rootOfWord[word] ??= roots.idOf(rootOf(words.nameOf(word)))));
    ownRoots.forEach((root, at) => count((postings[root] ??= noPosting()), document, at < title.words.length));
    total += own.length;
    const textStart = (title.positions.at(-1) ?? 0) + gap;
    const positions = [...title.positions, ...text.positions.map((position) => position + textStart)];
    return { roots: ownRoots, words: own, positions: Int32Array.from(positions), titleEnd: title.words.length };
  });
  const abbreviations = [...findAbbreviations(stories)].map(([short, long]) => ({ root: rootOf(short), long: long.map(rootOf) })); // prettier-ignore
  const averageLength = total / stories.length || 1;
  return { size: stories.length, sequences, postings, averageLength, rootIds: roots.ids, words: [...words.ids.keys()], abbreviations }; // prettier-ignore
}

/** Numbers for names in the order they come. */
function numbering() {
  const ids = new Map<string, number>();
  const names: string[] = [];
  return {
    ids,
    nameOf: (id: number): string => names[id]!,
    idOf: (name: string): number => {
      const known = ids.get(name);
      if (known !== undefined) return known;
      ids.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}

const noPosting = (): RootPosting => ({ documents: [], inTitle: [], inText: [] });

function count({ documents, inTitle, inText }: RootPosting, document: number, isTitle: boolean): void {
  if (documents.at(-1) !== document) {
    documents.push(document);
    inTitle.push(0);
    inText.push(0);
  }
  const counts = isTitle ? inTitle : inText;
  counts[counts.length - 1]! += 1;
}

/** The stories that hold a root; none when it stands nowhere. */
export function postingOf(root: string, { rootIds, postings }: PhraseIndex): RootPosting {
  const id = rootIds.get(root);
  return id === undefined ? noPosting() : postings[id]!;
}

/** Where all words of a phrase stand near each other in one story. */
export interface FoundPhrase {
  /** How often in the title and in the text, each stretch that holds all of them counted once. */
  inTitle: number;
  inText: number;
  /** The same, counted only where they follow each other in order with no word between but a stop word. */
  orderedInTitle: number;
  orderedInText: number;
  /** Indexes in the sequence of the story: of the tightest stretch, the title's first; and whether it is one of the ordered ones. */
  tightest: readonly number[];
  isOrdered: boolean;
}

/** All words of a phrase of n must stand within so many words: about one sentence; a single word stands alone. */
const reachOf = (words: number): number => (words === 1 ? 0 : 2 * words + 4);

/** Finds a phrase, given as the roots of its words, in one story; undefined where its words do not stand near each other. */
export function findPhrase(roots: readonly string[], document: number, index: PhraseIndex): FoundPhrase | undefined {
  const ids = [...new Set(roots)].map((root) => index.rootIds.get(root) ?? -1);
  if (ids.length === 0 || ids.includes(-1)) return undefined;
  const { roots: own, positions, titleEnd } = index.sequences[document]!;
  const last = ids.map(() => -1);
  const found = {
    inTitle: 0,
    inText: 0,
    orderedInTitle: 0,
    orderedInText: 0,
    tightest: [] as number[],
    isOrdered: false,
  };
  let least = Infinity;
  for (let at = 0; at < own.length; at++) {
    const which = ids.indexOf(own[at]!);
    if (which < 0) continue;
    last[which] = at;
    const first = Math.min(...last);
    if (first < 0) continue;
    const span = positions[at]! - positions[first]!;
    if (span <= reachOf(ids.length)) {
      const isOrdered = last.every((place, word) => place === first + word) && span <= ids.length;
      const half = at < titleEnd ? 'Title' : 'Text';
      found[`in${half}`] += 1;
      if (isOrdered) found[`orderedIn${half}`] += 1;
      // What stands in order is nearer than what does not.
      const distance = span + (isOrdered ? 0 : 0.5);
      if (distance < least) {
        least = distance;
        Object.assign(found, { tightest: last.toSorted((left, right) => left - right), isOrdered });
      }
    }
    // The next stretch may begin with the second word of this one.
    last[last.indexOf(first)] = -1;
  }
  return found.tightest.length > 0 ? found : undefined;
}

/** The words at these places of a story. */
export function wordsAt(places: readonly number[], document: number, index: PhraseIndex): string[] {
  const { words } = index.sequences[document]!;
  return places.map((at) => index.words[words[at]!]!);
}

/** Words of a story as they stand in it, "…" where others are between: "weather … climate". */
export function quoteWords(places: readonly number[], document: number, index: PhraseIndex): string {
  const { words, positions } = index.sequences[document]!;
  return places.reduce((quote, at, number) => {
    const word = index.words[words[at]!]!;
    if (number === 0) return word;
    const distance = positions[at]! - positions[places[number - 1]!]!;
    return `${quote}${distance === 1 ? ' ' : ' … '}${word}`;
  }, '');
}
