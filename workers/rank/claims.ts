// Scored stories and what a reader wants -> who claims which of its stories: each stated interest for itself, all signals together.
import { valueAt } from './evidence.ts';
import type { Pool } from './prepare-pool.ts';
import type { Facet } from './profile.ts';
import { leastCloseness } from './prepare-pool.ts';
import type { SeatClaim } from './share-seats.ts';

/** Below that share of its best story's worth, the words of an interest say that a story is about something else. */
const leastValue = 0.2;
/** What everything else in the score counts against an interest's own share. */
const othersCount = 0.5;
/** In standard deviations, as for a reason. */
const leastShare = 1;

export interface ScoredStories {
  /** Indexes in the pool. */
  stories: Int32Array;
  /** What each facet has in the score of each, stories x facets. */
  shares: readonly Float64Array[];
  scores: Float64Array;
}

/**
 * Stated interests claim parts as they weigh; signals together as much as they weigh, and never more than all interests, so that two likes do
 * not take over what somebody wrote down. A dislike that outweighs an interest takes the story away from it.
 */
export function claimsOf(facets: readonly Facet[], scored: ScoredStories, pool: Pool): SeatClaim[] {
  const interests = facets.flatMap((facet, at) => (facet.kind === 'interest' ? [claimOf(facet, at, { facets, scored, pool })] : [])); // prettier-ignore
  const liked = facets.flatMap(({ kind, weight }, at) => (kind !== 'interest' && weight > 0 ? [at] : []));
  if (liked.length === 0) return interests;
  const weight = Math.min(interests.reduce((sum, { weight: stated }) => sum + stated, 0), liked.reduce((sum, at) => sum + facets[at]!.weight, 0)); // prettier-ignore
  const worths = Array.from(scored.stories, (_, row) => {
    const shares = scored.shares[row]!;
    const own = liked.reduce((sum, at) => sum + Math.max(0, shares[at]!), 0);
    return own + pushOf(facets, shares) < leastShare ? undefined : own + othersCount * (scored.scores[row]! - own);
  });
  return [...interests, { weight, worths }];
}

function claimOf(
  facet: Facet,
  at: number,
  { facets, scored, pool }: { facets: readonly Facet[]; scored: ScoredStories; pool: Pool },
): SeatClaim {
  const words = pool.interest(facet.label);
  const cosines = pool.cosines(facet.vector, scored.stories);
  const worths = Array.from(scored.stories, (story, row) => {
    const shares = scored.shares[row]!;
    const own = shares[at]!;
    const isAnswer = valueAt(words, story) >= leastValue || cosines[row]! >= leastCloseness;
    const push = pushOf(facets, shares);
    if (!isAnswer || own + push <= 0) return undefined;
    return own + push + othersCount * (scored.scores[row]! - own - push);
  });
  return { weight: facet.weight, worths };
}

/** What dislikes take from a story, 0 or less. Who would rather read another story did not say no to this one. */
function pushOf(facets: readonly Facet[], shares: Float64Array): number {
  return facets.reduce((sum, { kind, weight }, at) => (weight < 0 && kind !== 'answer' ? sum + Math.min(0, shares[at]!) : sum), 0); // prettier-ignore
}
