// texts -> how much two of them share of what few others say: exact TF-IDF, where an embedder only has a hash of it; pure.
import { normalise } from '../../core/math/vectors.ts';
import { shareTerms } from './shared-terms.ts';

/** The words and pairs of each text, ascending by number, with weights of unit length. */
export interface WeighedWords {
  terms: Int32Array[];
  weights: Float32Array[];
  /** How many words and pairs each text has. */
  lengths: number[];
  termCount: number;
}

/** (1 + ln tf) x idf over these texts, pairs of words as words; what one text alone says is left out. */
export function weighWords(texts: readonly string[]): WeighedWords {
  const { terms, counts, lengths, frequencies } = shareTerms(texts);
  const idfs = Float64Array.from(frequencies, (frequency) => Math.log((1 + texts.length) / (1 + frequency)));
  const weights = terms.map((row, text) =>
    normalise(Float32Array.from(row, (term, at) => (1 + Math.log(counts[text]![at]!)) * idfs[term]!)),
  );
  return { terms, weights, lengths, termCount: frequencies.length };
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
