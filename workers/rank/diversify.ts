// Scores -> picks that do not repeat each other: maximal marginal relevance.

/**
 * Chooses up to `count` candidates one after another, each time the one with the most
 * lambda * relevance - (1 - lambda) * (its greatest similarity to those already chosen).
 * Relevance is scaled to 0..1 over the candidates, so that it can be weighed against a cosine; `similarity(i, j)` is
 * symmetric, about 0 to 1. Returns indices in `relevance`, the first chosen first; ties go to the lower index.
 * Lambda .8 lifts diversity and costs no recall (bench/recsys). Similarities are only asked for while they can still decide:
 * those to more stories can but lower a candidate, as in lazy greedy choice (Minoux 1978); of 720 about 200 are.
 * Source: Carbonell & Goldstein, SIGIR 1998.
 */
export function diversify(
  relevance: Float64Array,
  similarity: (left: number, right: number) => number,
  { count, lambda = 0.8 }: { count: number; lambda?: number },
): number[] {
  const size = relevance.length;
  const scaled = scale(relevance);
  /** The greatest similarity to the first `seen` of the chosen. */
  const nearest = new Float64Array(size);
  const seen = new Int32Array(size);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, size)) {
    const best = highest(size, (at) =>
      seen[at]! < 0 ? -Infinity : lambda * scaled[at]! - (1 - lambda) * nearest[at]!,
    );
    if (seen[best] === chosen.length) {
      chosen.push(best);
      seen[best] = -1;
    } else nearest[best] = Math.max(nearest[best]!, similarity(chosen[seen[best]!++]!, best));
  }
  return chosen;
}

/** The first index with the highest worth. */
function highest(size: number, worthOf: (at: number) => number): number {
  let best = 0;
  let most = -Infinity;
  for (let at = 0; at < size; at++) {
    const worth = worthOf(at);
    if (worth > most) {
      best = at;
      most = worth;
    }
  }
  return best;
}

/**
 * How far two stories serve the same facet, 0 to 1: the cosine of their shares (from `sharesOf`, one for each facet), what
 * pushes away left out. With it, two interests both reach a short mail, although one of them has more to offer this week.
 * Source: intent-aware diversification, Santos, Macdonald & Ounis, WWW 2010 (xQuAD).
 */
export function facetOverlap(left: Float64Array, right: Float64Array): number {
  let product = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let facet = 0; facet < left.length; facet++) {
    const one = Math.max(0, left[facet]!);
    const other = Math.max(0, right[facet]!);
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
