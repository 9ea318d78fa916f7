// Terms of a text -> features: TF-IDF over the words of the stories a model was trained on, the strongest, unit length.
import { countTerms, documentFrequencies } from '../../../core/text/term-vectors.ts';
import { bm25Idf } from '../bm25.ts';

/** The terms a model knows, and in how many of its stories each occurs. */
export interface ModelVocabulary {
  stories: number;
  numbers: ReadonlyMap<string, number>;
  frequencies: Int32Array;
}

/** Numbers of terms and their weights; the squares of the weights sum to 1, or there are none. */
export interface TextFeatures {
  terms: Int32Array;
  weights: Float32Array;
}

/** A whole article is no more about something than its abstract. */
const mostFeatures = 60;

/** Words and pairs of neighbouring words, counted. Pairs tell "neural network" from "road network". */
function countPhrases(terms: readonly string[]): Map<string, number> {
  const pairs = terms.slice(1).map((term, index) => `${terms[index]!} ${term}`);
  return countTerms([...terms, ...pairs]);
}

/** One text after the other, since all of them at once would be kept in memory. */
function* phraseSets(texts: readonly (readonly string[])[]): Iterable<Iterable<string>> {
  for (const terms of texts) yield countPhrases(terms).keys();
}

/** The terms that occur in two stories or more, in the order they were met. */
export function learnVocabulary(texts: readonly (readonly string[])[]): ModelVocabulary {
  const kept = [...documentFrequencies(phraseSets(texts))].filter(([, frequency]) => frequency > 1);
  return {
    stories: texts.length,
    numbers: new Map(kept.map(([term], number) => [term, number])),
    frequencies: Int32Array.from(kept, ([, frequency]) => frequency),
  };
}

/** Weighs terms and their pairs by (1 + ln tf) x idf; those the vocabulary lacks are left out. */
export function toFeatures(ordered: readonly string[], vocabulary: ModelVocabulary): TextFeatures {
  const { frequencies, stories } = vocabulary;
  const weighed: { term: number; weight: number }[] = [];
  for (const [term, count] of countKnown(ordered, vocabulary)) {
    const holders = frequencies[term]!;
    weighed.push({ term, weight: (1 + Math.log(count)) * bm25Idf(holders, stories) });
  }
  const kept = weighed.length > mostFeatures ? weighed.toSorted((left, right) => right.weight - left.weight).slice(0, mostFeatures) : weighed; // prettier-ignore
  const length = Math.sqrt(kept.reduce((sum, { weight }) => sum + weight ** 2, 0)) || 1;
  return {
    terms: Int32Array.from(kept, ({ term }) => term),
    weights: Float32Array.from(kept, ({ weight }) => weight / length),
  };
}

/** How often each known term occurs: words first, then pairs, each in the order they are met. */
function countKnown(ordered: readonly string[], vocabulary: ModelVocabulary): Map<number, number> {
  const pairs = pairsOf(vocabulary);
  const words = ordered.map((term) => vocabulary.numbers.get(term) ?? unknown);
  const counts = new Map<number, number>();
  const count = (term: number | undefined): void => {
    if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1);
  };
  for (const word of words) if (word !== unknown) count(word);
  for (let at = 1; at < words.length; at++) {
    const [first, second] = [words[at - 1]!, words[at]!];
    if (first !== unknown && second !== unknown) count(pairs.get(first * pairBase + second));
  }
  return counts;
}

const unknown = -1;
/** More words than any vocabulary has; a pair of numbers below it is exact. */
const pairBase = 2 ** 26;
const pairNumbers = new WeakMap<ModelVocabulary, Map<number, number>>();

/** The pairs of a vocabulary by the numbers of their words: to spell each pair of a text takes longer than all else. */
function pairsOf(vocabulary: ModelVocabulary): Map<number, number> {
  const known = pairNumbers.get(vocabulary);
  if (known) return known;
  const pairs = new Map<number, number>();
  for (const [term, number] of vocabulary.numbers) {
    const space = term.indexOf(' ');
    if (space < 0) continue;
    // Both words are in at least the stories that hold the pair, so that the vocabulary has them.
    const [first, second] = [vocabulary.numbers.get(term.slice(0, space))!, vocabulary.numbers.get(term.slice(space + 1))!]; // prettier-ignore
    pairs.set(first * pairBase + second, number);
  }
  pairNumbers.set(vocabulary, pairs);
  return pairs;
}
