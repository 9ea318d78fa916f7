// A stated interest x pool -> how much each story is about it, and where its words stand.
import { stem } from '../../core/text/stemmed-terms.ts';
import type { WordEvidence } from './evidence.ts';
import { interestPhrases, type InterestPhrase } from './interest-phrases.ts';
import { findPhrase, postingOf, quoteWords, wordsAt, type FoundPhrase, type PhraseIndex } from './phrase-index.ts';
import { argMax } from './arg-max.ts';
import { shareWords } from './shared-words.ts';

/**
 * What each sign counts that a story is about an interest; each is 0 to 1. Chosen by coordinate ascent on one half of 46 phrases
 * over two weeks of papers and posts and tried on the other half (docs/ranking.md): the title tells more than all of a text.
 * `textPhrase` was .6 until titles that share a word without telling much stood before texts with all of it (docs/measurements.md).
 */
const weights = {
  /** The share of its words in the title, rare ones counting more: in the same form, and in any. */
  titleWords: 1.5,
  titleRoots: 1,
  /** All of it as it is, or an abbreviation that the stories themselves define. */
  titlePhrase: 1,
  titleAbbreviation: 2,
  textRoots: 0.3,
  textNear: 0.3,
  textPhrase: 1.5,
  /** Words that the best stories share. */
  sharedWords: 0.6,
};
/** BM25 for texts: Robertson & Zaragoza 2009. */
const k1 = 1.2;
const b = 0.75;
/** A title that holds more than half of what a phrase tells mentions it. */
const leastMention = 0.5;

/** What an interest finds by its words. */
export interface InterestEvidence extends WordEvidence {
  /**
   * What of the interest stands in a story with all words near each other: the interest or a part of it, and how it is written
   * there where that is otherwise. `isOtherForm`: a word has another form than a plural or a verb's, as "efficient" of "efficiency".
   */
  matchAt: (document: number) => InterestMatch | undefined;
  /** The words of the interest in the title of a story, where they are most of what it tells. */
  mentionAt: (document: number) => string | undefined;
  /** False when nobody wrote about it: no story holds all its words near each other or most of them in its title. */
  isWrittenAbout: boolean;
}

export interface InterestMatch {
  words: string;
  quote?: string;
  isOtherForm?: true;
}

/** Weighs an interest over a pool; values are shares of the best story's worth. */
export function weighInterest(interest: string, index: PhraseIndex): InterestEvidence {
  const phrases = interestPhrases(interest, index);
  const scores = new Map<number, number>();
  for (const phrase of phrases)
    for (const [document, score] of scorePhrase(phrase, index))
      scores.set(document, Math.max(scores.get(document) ?? 0, score));
  const most = Math.max(0, ...scores.values());
  const own = new Set(phrases.flatMap(({ roots }) => roots));
  for (const [document, share] of shareWords(scores, own, index))
    scores.set(document, (scores.get(document) ?? 0) + weights.sharedWords * share * Math.min(1, most));
  const matchAt = (document: number) => matchIn(phrases, document, index);
  const mentionAt = (document: number) => mentionIn(phrases, document, index);
  const holders = phrases.flatMap(({ roots }) => roots.flatMap((root) => postingOf(root, index).documents));
  const isWrittenAbout = [...new Set(holders)].some((document) => matchAt(document) ?? mentionAt(document));
  return { ...asShares(scores, index.size), matchAt, mentionAt, isWrittenAbout };
}

/** The worth of every story that holds a word of a phrase, or its abbreviation. */
function scorePhrase(phrase: InterestPhrase, index: PhraseIndex): Map<number, number> {
  const { roots, shares } = phrase;
  const short = abbreviationsOf(phrase, index);
  const held = new Set([...short.keys(), ...roots.flatMap((root) => postingOf(root, index).documents)]);
  const inTexts = roots.map((root) => timesOf(root, index));
  const mostTelling = argMax(shares, (share) => share)!;
  return new Map(
    [...held].map((document) => {
      let [cover, title, text] = [0, 0, 0];
      const isMentioned = (inTexts[mostTelling]!.get(document)?.inTitle ?? 0) > 0;
      shares.forEach((share, at) => {
        const times = inTexts[at]!.get(document);
        if (!times) return;
        cover += share;
        if (times.inTitle > 0) title += share;
        text += share * saturate(times.inText, document, index);
      });
      const found = cover > 1 - 1e-9 ? findPhrase(roots, document, index) : undefined;
      const signs = {
        title,
        isMentioned: isMentioned && title > leastMention,
        text: text * cover,
        found,
        short: short.get(document) ?? { inTitle: 0, inText: 0 },
      };
      return [document, weigh(phrase, document, { ...signs, index })];
    }),
  );
}

interface Times {
  inTitle: number;
  inText: number;
}

interface Signs {
  title: number;
  /** Whether the title has the most telling word, and more than half of what the phrase tells. */
  isMentioned: boolean;
  text: number;
  found: FoundPhrase | undefined;
  short: Times;
  index: PhraseIndex;
}

function weigh(
  phrase: InterestPhrase,
  document: number,
  { title, isMentioned, text, found, short, index }: Signs,
): number {
  // A title without the most telling word says little: "Sign Language Recognition" to who wants speech recognition.
  const damping = isMentioned ? 1 : title;
  const inText = (times = 0): number => saturate(times + short.inText, document, index);
  return (
    weights.titleWords * damping * (title > 0 ? exactShare(phrase, document, index) : 0) +
    weights.titleRoots * damping * title +
    weights.titlePhrase * Math.min(1, found?.orderedInTitle ?? 0) +
    weights.titleAbbreviation * Math.min(1, short.inTitle) +
    weights.textRoots * text +
    weights.textNear * inText(found?.inText) +
    weights.textPhrase * inText(found?.orderedInText)
  );
}

/** How often a root stands in each story. */
function timesOf(root: string, index: PhraseIndex): Map<number, Times> {
  const { documents, inTitle, inText } = postingOf(root, index);
  return new Map(documents.map((document, row) => [document, { inTitle: inTitle[row]!, inText: inText[row]! }]));
}

/** How often abbreviations of a phrase of two words or more stand in each story: of "speech recognition", ASR for "automatic ..." too. */
function abbreviationsOf({ roots }: InterestPhrase, index: PhraseIndex): Map<number, Times> {
  if (roots.length < 2) return new Map();
  const isOf = (long: readonly string[]): boolean =>
    long.length <= roots.length + 1 && roots.every((root) => long.includes(root));
  return new Map(index.abbreviations.filter(({ long }) => isOf(long)).flatMap(({ root }) => [...timesOf(root, index)]));
}

/** Times in a text -> 0 to 1: the first counts most, in a long text less. */
function saturate(times: number, document: number, { sequences, averageLength }: PhraseIndex): number {
  return times / (times + k1 * (1 - b + (b * sequences[document]!.roots.length) / averageLength));
}

/** The share of a phrase that a title holds in the same form, plurals and verb endings aside. */
function exactShare({ terms, shares }: InterestPhrase, document: number, index: PhraseIndex): number {
  const { words, titleEnd } = index.sequences[document]!;
  const title = new Set(Array.from(words.subarray(0, titleEnd), (word) => stem(index.words[word]!)));
  return terms.reduce((sum, term, at) => sum + (title.has(term) ? shares[at]! : 0), 0);
}

function matchIn(phrases: readonly InterestPhrase[], document: number, index: PhraseIndex): InterestMatch | undefined {
  for (const { label, words, terms, roots } of phrases) {
    const found = findPhrase(roots, document, index);
    if (!found) continue;
    const there = wordsAt(found.tightest, document, index);
    if (found.isOrdered && there.join() === words.join()) return { words: label };
    const isOtherForm = !there.every((word) => terms.includes(stem(word)));
    const quote = quoteWords(found.tightest, document, index);
    return { words: label, quote, ...(isOtherForm && { isOtherForm }) };
  }
  return undefined;
}

function mentionIn(phrases: readonly InterestPhrase[], document: number, index: PhraseIndex): string | undefined {
  const { roots: own, titleEnd } = index.sequences[document]!;
  for (const { roots, shares } of phrases) {
    const ids = roots.map((root) => index.rootIds.get(root));
    // What has a word that nobody used is not what anybody wrote about.
    if (ids.includes(undefined)) continue;
    const places = ids.map((id) => own.subarray(0, titleEnd).indexOf(id!));
    const share = places.reduce((sum, place, at) => sum + (place < 0 ? 0 : shares[at]!), 0);
    // Without its most telling word, "low-rank language models" would mention "low-resource languages".
    if (share <= leastMention || places[argMax(shares, (one) => one)!]! < 0) continue;
    return quoteWords(places.filter((place) => place >= 0).toSorted((left, right) => left - right), document, index); // prettier-ignore
  }
  return undefined;
}

function asShares(scores: ReadonlyMap<number, number>, size: number): WordEvidence {
  const most = Math.max(...scores.values());
  const found = [...scores].filter(([, score]) => score > 0).toSorted(([left], [right]) => left - right);
  const values = Float32Array.from(found, ([, score]) => score / most);
  const sum = values.reduce((total, value) => total + value, 0);
  return { indices: Int32Array.from(found, ([document]) => document), values, mean: sum / (size || 1) };
}
