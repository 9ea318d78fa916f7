// texts -> how much two of them share of what few others say: exact TF-IDF, where an embedder only has a hash of it; pure.
import { countTerms } from '../embed/terms.ts';
import { keepNearest, noNeighbours, type Neighbours } from './knn.ts';

/** The words and pairs of each text, ascending by number, with weights of unit length. */
export interface WeighedWords {
  terms: Int32Array[];
  weights: Float32Array[];
  /** How many words and pairs each text has. */
  lengths: number[];
  termCount: number;
}

/** Words in more texts than this find no neighbours, though they count between neighbours: the search stays linear. */
const longestPostings = 400;

/** (1 + ln tf) x idf over these texts, pairs of words as words; what one text alone says is left out. */
export function weighWords(texts: readonly string[]): WeighedWords {
  const counted = texts.map(countTerms);
  const found = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) found.set(term, (found.get(term) ?? 0) + 1);
  const shared = [...found].filter(([, frequency]) => frequency > 1);
  const numbers = new Map(shared.map(([term], number) => [term, number]));
  const idfs = shared.map(([, frequency]) => Math.log((1 + texts.length) / (1 + frequency)));
  const rows = counted.map((counts) => {
    const known = [...counts].flatMap(([term, count]) => {
      const number = numbers.get(term);
      return number === undefined ? [] : [{ number, weight: (1 + Math.log(count)) * idfs[number]! }];
    });
    known.sort((a, b) => a.number - b.number);
    const length = Math.sqrt(known.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
    return {
      terms: Int32Array.from(known, ({ number }) => number),
      weights: Float32Array.from(known, ({ weight }) => weight / length),
    };
  });
  return {
    terms: rows.map(({ terms }) => terms),
    weights: rows.map(({ weights }) => weights),
    lengths: counted.map((counts) => [...counts.values()].reduce((sum, count) => sum + count, 0)),
    termCount: shared.length,
  };
}

/** The cosine of the words of two texts, 0 to 1. */
export function wordOverlap({ terms, weights }: WeighedWords, a: number, b: number): number {
  const [left, right] = [terms[a]!, terms[b]!];
  const [leftWeights, rightWeights] = [weights[a]!, weights[b]!];
  let i = 0;
  let j = 0;
  let sum = 0;
  while (i < left.length && j < right.length) {
    if (left[i]! < right[j]!) i++;
    else if (left[i]! > right[j]!) j++;
    else sum += leftWeights[i++]! * rightWeights[j++]!;
  }
  return sum;
}

/** For each text of `asked` the `k` others that share most rare words with it. */
export function wordNeighbours(words: WeighedWords, asked: readonly number[], k: number): Neighbours {
  const postings = postingsOf(words);
  const nearest = noNeighbours(asked.length, k);
  const sums = new Float32Array(words.terms.length);
  asked.forEach((text, query) => {
    const touched: number[] = [];
    words.terms[text]!.forEach((term, at) => {
      const weight = words.weights[text]![at]!;
      for (const { other, share } of postings[term]!) {
        if (sums[other] === 0) touched.push(other);
        sums[other]! += weight * share;
      }
    });
    for (const other of touched) {
      if (other !== text) keepNearest(nearest, query, [other, sums[other]!]);
      sums[other] = 0;
    }
  });
  return nearest;
}

/** Which texts each word occurs in, none for the frequent ones. */
function postingsOf({ terms, weights, termCount }: WeighedWords): { other: number; share: number }[][] {
  const postings = Array.from({ length: termCount }, (): { other: number; share: number }[] => []);
  terms.forEach((row, other) =>
    row.forEach((term, at) => postings[term]!.push({ other, share: weights[other]![at]! })),
  );
  return postings.map((list) => (list.length > longestPostings ? [] : list));
}
