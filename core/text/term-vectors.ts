// Terms and how often or how much each counts -> what two of such vectors have in common; pure.

/** Each term with its count or weight; what is missing is 0. */
export type TermVector = ReadonlyMap<string, number>;

/** How often each term occurs. */
export function countTerms<Term>(terms: Iterable<Term>): Map<Term, number> {
  const counts = new Map<Term, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** In how many documents each term is; each document names a term once. In the order they are met. */
export function documentFrequencies<Term>(documents: Iterable<Iterable<Term>>): Map<Term, number> {
  const found = new Map<Term, number>();
  for (const terms of documents) for (const term of terms) found.set(term, (found.get(term) ?? 0) + 1);
  return found;
}

/** The inner product: the cosine when both have length 1. */
export function termProduct(left: TermVector, right: TermVector): number {
  const [short, long] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [term, weight] of short) sum += weight * (long.get(term) ?? 0);
  return sum;
}

/** The cosine of two vectors, 0 to 1 where no weight is negative; 0 when one of them is empty. */
export function termCosine(left: TermVector, right: TermVector): number {
  const product = termProduct(left, right);
  return product === 0 ? 0 : product / (lengthOf(left) * lengthOf(right));
}

/** The weighted sum of vectors. */
export function termSum(parts: Iterable<{ vector: TermVector; weight: number }>): TermVector {
  const sum = new Map<string, number>();
  for (const { vector, weight } of parts)
    for (const [term, value] of vector) sum.set(term, (sum.get(term) ?? 0) + weight * value);
  return sum;
}

/**
 * Makes vectors of length 1 out of (1 + ln count) x ln(N / holders) over these documents (Salton & Buckley 1988); terms that
 * none of them has are left out.
 */
export function tfidfOver(documents: readonly (readonly string[])[]): (terms: readonly string[]) => TermVector {
  const holders = documentFrequencies(documents.map((terms) => new Set(terms)));
  return (terms) => {
    const weighed = [...countTerms(terms)].flatMap(([term, count]): [string, number][] => {
      const known = holders.get(term);
      return known ? [[term, (1 + Math.log(count)) * Math.log(documents.length / known)]] : [];
    });
    const length = lengthOf(new Map(weighed)) || 1;
    return new Map(weighed.map(([term, weight]) => [term, weight / length]));
  };
}

function lengthOf(vector: TermVector): number {
  let sum = 0;
  for (const weight of vector.values()) sum += weight * weight;
  return Math.sqrt(sum);
}
