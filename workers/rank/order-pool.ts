// Profile x pool -> order: what rules put first, then the best of the rest without repeating itself, then everything by score.
import { diversify, wishOverlap } from './diversify.ts';
import { valueAt } from './evidence.ts';
import { expandProfile, type Expansion } from './expand-profile.ts';
import { poseQuery, type Query } from './pose-query.ts';
import { editorsPrior, type Pool } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
import type { Cause } from './reasons.ts';
import { scorePool, shareOf, type Scores } from './score-pool.ts';
import { thinness } from './taste.ts';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
const shortlistFactor = 5;

export interface OrderInput {
  pool: Pool;
  facets: readonly Facet[];
  /** From `tastePrior`: what the curators like, for each story of the pool. */
  taste?: Float64Array | undefined;
  /** Neighbours that the model names, when their texts are known. */
  neighbourOf: (storyId: number) => KnownStory | undefined;
  /** How many are wanted in an order that does not repeat itself. */
  count: number;
  isOpen: (place: number) => boolean;
  /** Whether a rule puts a story before what scores. */
  isFirst: (place: number) => boolean;
}

export interface PoolOrder {
  /** Places of the pool: first those of rules, then MMR's, then the rest by score; barred ones are missing. */
  order: number[];
  scores: Scores;
  /** What moved the score of a story. */
  causesAt(place: number): Cause[];
}

/** Orders the pool for one reader. */
export function orderPool({ pool, facets, taste, neighbourOf, count, isOpen, isFirst }: OrderInput): PoolOrder {
  const expansion = pool.model && expandProfile(facets, pool.model);
  const query = poseQuery({ facets, expansion, neighbourOf }, pool);
  const scores = scorePool(query, pool);
  const thin = thinness(facets);
  taste?.forEach((prior, place) => (scores.total[place]! += thin * prior));
  const open = [...pool.stories.keys()]
    .filter(isOpen)
    .toSorted((left, right) => scores.total[right]! - scores.total[left]! || left - right);
  const first = open.filter(isFirst);
  const rest = open.filter((place) => !isFirst(place));
  const wanted = Math.max(0, count - first.length);
  const shortlist = rest.slice(0, wanted * shortlistFactor);
  const sharesAt = (place: number) => facets.map((facet) => shareOf(facet, { place, row: scores.rows[place]!, query, pool })); // prettier-ignore
  // Of a reader we know nothing about, the editors' order is kept as it is.
  const chosen =
    facets.length === 0 ? shortlist.slice(0, wanted) : spread(shortlist, { pool, scores, wanted, sharesAt });
  const taken = new Set(chosen);
  return {
    order: [...first, ...chosen, ...rest.filter((place) => !taken.has(place))],
    scores,
    causesAt: (place) => {
      const liked = thin * (taste?.[place] ?? 0);
      return causesOf(place, { pool, facets, expansion, neighbourOf, query, scores, liked, shares: sharesAt(place) });
    },
  };
}

/** MMR over the shortlist. */
function spread(
  shortlist: readonly number[],
  {
    pool,
    scores,
    wanted,
    sharesAt,
  }: { pool: Pool; scores: Scores; wanted: number; sharesAt: (place: number) => readonly { share: number }[] },
): number[] {
  const relevance = Float64Array.from(shortlist, (place) => scores.total[place]!);
  const byStory = shortlist.map(sharesAt);
  const shares = (byStory[0] ?? []).map((_, facet) => Float64Array.from(byStory, (story) => story[facet]!.share));
  // Alike in what they say, alike in whom they serve: half each.
  const similarity = (left: number, right: number): number =>
    (pool.similarity(shortlist[left]!, shortlist[right]!) + wishOverlap(shares, left, right)) / 2;
  return diversify(relevance, similarity, { count: wanted }).map((at) => shortlist[at]!);
}

interface CauseInput extends Pick<OrderInput, 'pool' | 'facets' | 'neighbourOf'> {
  expansion: Expansion | undefined;
  query: Query;
  scores: Scores;
  /** What the curators' taste added. */
  liked: number;
  shares: readonly { share: number; hasWords: boolean }[];
}

/** The facets' shares, and what is left when they and the editors' order are taken from the score: what readers alike add. */
function causesOf(
  place: number,
  { pool, facets, expansion, neighbourOf, query, scores, liked, shares }: CauseInput,
): Cause[] {
  const own = facets.map(({ kind, label }, at): Cause => {
    const { share, hasWords } = shares[at]!;
    return kind === 'interest' ? { kind, label, share, hasWords } : { kind, label, share };
  });
  own.push({ kind: 'taste', share: liked });
  if (!expansion) return own;
  const prior = editorsPrior(pool.stories.length)[place]!;
  const share = scores.total[place]! - prior - own.reduce((sum, cause) => sum + cause.share, 0);
  return [...own, { kind: 'readers', share, count: readersBehind(place, { pool, expansion, neighbourOf, query }) }];
}

/** How many readers stand behind the neighbour that speaks loudest for a story. */
function readersBehind(
  place: number,
  {
    pool,
    expansion,
    neighbourOf,
  }: { pool: Pool; expansion: Expansion; neighbourOf: OrderInput['neighbourOf']; query: Query },
): number {
  let [most, readers] = [0, 0];
  for (const neighbour of expansion.neighbours) {
    const story = neighbourOf(neighbour.storyId);
    if (!story) continue;
    const voice =
      neighbour.weight * valueAt(pool.wordsOf({ key: `story:${neighbour.storyId}`, kind: 'like', ...story }), place);
    if (voice > most) [most, readers] = [voice, neighbour.readers];
  }
  return readers;
}
