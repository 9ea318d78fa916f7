// Scores -> picks that do not repeat each other: maximal marginal relevance.

/**
 * Chooses up to `count` candidates one after another, each time the one with the most
 * lambda * relevance - (1 - lambda) * (its greatest similarity to those already chosen).
 * Relevance is scaled to 0..1 over the candidates, so that it can be weighed against a cosine; `similarity(i, j)` is
 * symmetric, about 0 to 1. Returns places in `relevance`, the first chosen first; ties go to the earlier place.
 * Lambda .8 lifts diversity and costs no recall (bench/recsys). Source: Carbonell & Goldstein, SIGIR 1998.
 */
export function diversify(
  relevance: Float64Array,
  similarity: (left: number, right: number) => number,
  { count, lambda = 0.8 }: { count: number; lambda?: number },
): number[] {
  const scaled = scale(relevance);
  const nearest = new Float64Array(relevance.length);
  const open = new Set(relevance.keys());
  const chosen: number[] = [];
  while (chosen.length < count && open.size > 0) {
    let best = -1;
    let most = -Infinity;
    for (const candidate of open) {
      const worth = lambda * scaled[candidate]! - (1 - lambda) * nearest[candidate]!;
      if (worth > most) [best, most] = [candidate, worth];
    }
    open.delete(best);
    chosen.push(best);
    for (const candidate of open) nearest[candidate] = Math.max(nearest[candidate]!, similarity(best, candidate));
  }
  return chosen;
}

/**
 * How far two stories answer the same wish, 0 to 1: the cosine of their shares (from `fuseScores`), what pushes away
 * left out. With it, two interests both reach a short mail, although one of them has more to offer this week.
 * Source: intent-aware diversification, Santos, Macdonald & Ounis, WWW 2010 (xQuAD).
 */
export function wishOverlap(shares: readonly Float64Array[], left: number, right: number): number {
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  for (const share of shares) {
    const [one, other] = [Math.max(0, share[left]!), Math.max(0, share[right]!)];
    product += one * other;
    leftSquares += one * one;
    rightSquares += other * other;
  }
  return product === 0 ? 0 : product / Math.sqrt(leftSquares * rightSquares);
}

function scale(values: Float64Array): Float64Array {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const range = values.reduce((high, value) => Math.max(high, value), -Infinity) - least;
  return values.map((value) => (range > 0 ? (value - least) / range : 0));
}
