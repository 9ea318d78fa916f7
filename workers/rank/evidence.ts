// Facet x pool -> evidence: which stories hold the words of one thing a reader wants, and how strongly.
import { coverQuery, scoreBm25, type Bm25Index } from './bm25.ts';
import type { Facet } from './profile.ts';

/** Values above 0 at some places of the pool; 0 everywhere else. */
export interface SparseScores {
  places: Int32Array;
  values: Float32Array;
}

/** What a facet finds by its words, and the mean over the whole pool. */
export interface WordEvidence extends SparseScores {
  mean: number;
}

/**
 * BM25 of every story for one facet as a share of the best one, 0 to 1, so that a wish of rare words does not drown one of
 * common words. Of an interest of one or two words a story must hold all, of more two thirds: "speech recognition" is not
 * served by "image recognition".
 */
export function weighWords({ kind, terms }: Pick<Facet, 'kind' | 'terms'>, index: Bm25Index): WordEvidence {
  const scores = scoreBm25(index, terms);
  const most = scores.reduce((high, score) => Math.max(high, score), 0) || 1;
  if (kind !== 'interest') return toSparse(scores.map((score) => score / most));
  const least = (terms.size <= 2 ? 1 : 2 / 3) - 1e-9;
  return toSparse(
    coverQuery(index, terms).map((share, story) => (share < least ? 0 : (share * scores[story]!) / most)),
  );
}

function toSparse(values: Float64Array): WordEvidence {
  const places: number[] = [];
  const held: number[] = [];
  let sum = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (value <= 0) continue;
    places.push(place);
    held.push(value);
    sum += value;
  }
  return { places: new Int32Array(places), values: new Float32Array(held), mean: sum / (values.length || 1) };
}

/** The value at one place; places are in ascending order. */
export function valueAt({ places, values }: SparseScores, place: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return places[low] === place ? values[low]! : 0;
}

/** The inner product of two vectors of one length: the cosine when both have unit length. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place++) sum += left[place]! * right[place]!;
  return sum;
}
