// Terms -> TF-IDF vectors: the plain ranker that ours is held against, and what alike means when lists are judged; pure.
import { countTerms } from '../../workers/rank/bm25.ts';

export type SparseVector = ReadonlyMap<string, number>;

/** Makes unit vectors of (1 + log count) log(N / holders) over these documents (Salton & Buckley 1988); unknown terms are left out. */
export function tfidfOver(documents: readonly (readonly string[])[]): (terms: readonly string[]) => SparseVector {
  const holders = new Map<string, number>();
  for (const terms of documents) for (const term of new Set(terms)) holders.set(term, (holders.get(term) ?? 0) + 1);
  return (terms) => {
    const weighed = [...countTerms(terms)].flatMap(([term, count]): [string, number][] => {
      const known = holders.get(term);
      return known ? [[term, (1 + Math.log(count)) * Math.log(documents.length / known)]] : [];
    });
    const norm = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
    return new Map(weighed.map(([term, weight]) => [term, weight / norm]));
  };
}

/** The inner product: the cosine when both have unit length. */
export function sparseDot(left: SparseVector, right: SparseVector): number {
  const [short, long] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [term, weight] of short) sum += weight * (long.get(term) ?? 0);
  return sum;
}

/** The weighted sum of vectors: what a reader wants, as one query. */
export function sparseSum(parts: readonly { vector: SparseVector; weight: number }[]): SparseVector {
  const sum = new Map<string, number>();
  for (const { vector, weight } of parts)
    for (const [term, value] of vector) sum.set(term, (sum.get(term) ?? 0) + weight * value);
  return sum;
}
