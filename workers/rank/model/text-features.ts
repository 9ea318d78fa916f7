// Terms of a text -> features: TF-IDF over the words of the stories a model was trained on, the strongest, unit length.
import { countTerms } from '../bm25.ts';

/** The terms a model knows, and in how many of its stories each occurs. */
export interface Vocabulary {
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
  const pairs = terms.slice(1).map((term, place) => `${terms[place]!} ${term}`);
  return countTerms([...terms, ...pairs]);
}

/** The terms that occur in two stories or more, in the order they were met. */
export function learnVocabulary(texts: readonly (readonly string[])[]): Vocabulary {
  const found = new Map<string, number>();
  for (const terms of texts) for (const term of countPhrases(terms).keys()) found.set(term, (found.get(term) ?? 0) + 1);
  const kept = [...found].filter(([, frequency]) => frequency > 1);
  return {
    stories: texts.length,
    numbers: new Map(kept.map(([term], number) => [term, number])),
    frequencies: Int32Array.from(kept, ([, frequency]) => frequency),
  };
}

/** Weighs terms and their pairs by (1 + ln tf) x idf; those the vocabulary lacks are left out. */
export function toFeatures(ordered: readonly string[], vocabulary: Vocabulary): TextFeatures {
  const { numbers, frequencies, stories } = vocabulary;
  const weighed: { term: number; weight: number }[] = [];
  for (const [word, count] of countPhrases(ordered)) {
    const term = numbers.get(word);
    if (term === undefined) continue;
    const holders = frequencies[term]!;
    weighed.push({ term, weight: (1 + Math.log(count)) * Math.log(1 + (stories - holders + 0.5) / (holders + 0.5)) });
  }
  const kept = weighed.length > mostFeatures ? weighed.toSorted((left, right) => right.weight - left.weight).slice(0, mostFeatures) : weighed; // prettier-ignore
  const length = Math.sqrt(kept.reduce((sum, { weight }) => sum + weight ** 2, 0)) || 1;
  return {
    terms: Int32Array.from(kept, ({ term }) => term),
    weights: Float32Array.from(kept, ({ weight }) => weight / length),
  };
}
