// Evidence -> score: words and meaning fused as z-scores of one reader, on top of the editors' order.
import { spreadOf, type Evidence } from './evidence.ts';

/** One facet's evidence and how much it counts (-1 to 1). */
export interface WeighedEvidence extends Evidence {
  weight: number;
}

export interface Scores {
  /** For each story of the pool, in standard deviations; about -2 to 6. */
  total: Float64Array;
  /** For each facet, its part of every story's total: what a reason may name. */
  shares: Float64Array[];
}

/** What the editors' order moves from its first story to its last; less than any real match of words. */
const priorRange = 0.6;

/**
 * The scores of one reader: z(weighted words) + z(weighted meaning) + prior, over the stories of the pool in editors' order.
 * z-scores of one reader make BM25 and cosines, which spread differently, weigh alike. Fused so, with co-readership beside
 * them, they reached .313 recall@50 from one like, where TF-IDF alone has .169 (citeulike). The sum stays linear in the
 * facets, so `shares` adds up exactly to total minus prior. Without facets the total is the prior: editors' order.
 */
export function fuseScores(facets: readonly WeighedEvidence[], poolSize: number): Scores {
  const shares = facets.map(() => new Float64Array(poolSize));
  for (const side of ['words', 'meaning'] as const) addSide(shares, facets, side);
  const total = editorsPrior(poolSize);
  for (const share of shares) share.forEach((value, story) => (total[story]! += value));
  return { total, shares };
}

/** From +range/2 for the editors' first story down to -range/2 for their last. */
export function editorsPrior(poolSize: number): Float64Array {
  return Float64Array.from({ length: poolSize }, (_, story) => priorRange * (0.5 - story / Math.max(1, poolSize - 1)));
}

function addSide(shares: Float64Array[], facets: readonly WeighedEvidence[], side: 'words' | 'meaning'): void {
  const sum = new Float64Array(shares[0]?.length ?? 0);
  for (const { weight, [side]: values } of facets) values.forEach((value, story) => (sum[story]! += weight * value));
  const { deviation } = spreadOf(sum);
  if (deviation === 0) return;
  facets.forEach(({ weight, [side]: values }, facet) => {
    const { mean } = spreadOf(values);
    const share = shares[facet]!;
    values.forEach((value, story) => (share[story]! += (weight * (value - mean)) / deviation));
  });
}
