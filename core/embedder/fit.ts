// What the embedded embedder learned from this installation's items, and how common it makes each term; pure.
import type { WordTable } from './word-table.ts';
import { singular } from '../text/terms.ts';

/** Matrices are row-major. */
export interface Fit {
  /** Digest of the word table it belongs to. */
  table: string;
  items: number;
  /** Terms (tokens in the singular) of at least two items, the most frequent first, and in how many items each occurs. */
  terms: string[];
  frequencies: number[];
  /** Mean of the items' word vectors, of the table's dimension; zeros before there were items. */
  mean: Float32Array;
  /** Tokens that this installation's items know and the table does not, and their vectors. */
  newWords: string[];
  newVectors: Float32Array;
  /** Directions of LSA, 0 before there were items enough, and their shares in the first terms. */
  rank: number;
  basis: Float32Array;
}

/** The fit of no corpus: every term weighs the same. */
export function emptyFit({ dimension, digest }: WordTable): Fit {
  const none = new Float32Array(0);
  const mean = new Float32Array(dimension);
  return {
    table: digest,
    items: 0,
    terms: [],
    frequencies: [],
    mean,
    newWords: [],
    newVectors: none,
    rank: 0,
    basis: none,
  };
}

/** The index of each term in `fit.terms`. */
export function numberTerms({ terms }: Pick<Fit, 'terms'>): ReadonlyMap<string, number> {
  return new Map(terms.map((term, at) => [term, at]));
}

/** What a token counts as: "models" and "model" are one term. */
export function termOf(token: string): string {
  return singular(token);
}

/** Smoothed inverse document frequency, at least 1; `frequency` 0 for a term of no or one item. */
export function idf(items: number, frequency: number): number {
  return 1 + Math.log((1 + items) / (1 + frequency));
}
