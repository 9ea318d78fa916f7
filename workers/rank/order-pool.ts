// A reader's best stories -> order: what rules put first, then the best of the rest without repeating itself, then by score.
import { diversify, wishOverlap } from './diversify.ts';
import { valueAt } from './evidence.ts';
import type { Expansion } from './expand-profile.ts';
import type { Query } from './pose-query.ts';
import type { Pool } from './prepare-pool.ts';
import type { Facet, KnownStory } from './profile.ts';
import type { Cause } from './reasons.ts';
import { bestRow, shareOf } from './score-pool.ts';
import { thinness } from './taste.ts';
import type { Top } from './top/find-top.ts';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
export const shortlistFactor = 5;

/** A reader with everything their scores come from. */
export interface Wanting {
  facets: readonly Facet[];
  expansion: Expansion | undefined;
  query: Query;
  /** Neighbours that the model names, when their texts are known. */
  neighbourOf: (storyId: number) => KnownStory | undefined;
}

export interface OrderInput {
  pool: Pool;
  wanting: Wanting;
  /** From `findTop` or `scoreTop`. */
  top: Top;
  /** How many are wanted in an order that does not repeat itself. */
  count: number;
  isOpen: (place: number) => boolean;
  /** Whether a rule puts a story before what scores. */
  isFirst: (place: number) => boolean;
}

export interface PoolOrder {
  /** Places of the pool: first those of rules, then MMR's, then the rest by score; barred ones are missing. */
  order: number[];
  scoreOf(place: number): number;
  /** What moved the score of a story. */
  causesAt(place: number): Cause[];
}

/** Orders the best stories of one reader. */
export function orderPool({ pool, wanting, top, count, isOpen, isFirst }: OrderInput): PoolOrder {
  const { facets } = wanting;
  const scores = new Map(Array.from(top.places, (place, at) => [place, top.scores[at]!]));
  const open = [...top.places].filter(isOpen);
  const first = open.filter(isFirst);
  const rest = first.length === 0 ? open : open.filter((place) => !isFirst(place));
  const wanted = Math.max(0, count - first.length);
  const shortlist = rest.slice(0, wanted * shortlistFactor);
  const scoreOf = (place: number): number => scores.get(place)!;
  // Of a reader we know nothing about, the editors' order is kept as it is.
  const chosen =
    facets.length === 0 ? shortlist.slice(0, wanted) : spread(shortlist, { pool, wanting, wanted, scoreOf });
  const taken = new Set(chosen);
  return {
    order: [...first, ...chosen, ...rest.filter((place) => !taken.has(place))],
    scoreOf,
    causesAt: (place) => causesOf(place, { pool, wanting, score: scoreOf(place) }),
  };
}

/** MMR over the shortlist. */
function spread(
  shortlist: readonly number[],
  {
    pool,
    wanting,
    wanted,
    scoreOf,
  }: { pool: Pool; wanting: Wanting; wanted: number; scoreOf: (place: number) => number },
): number[] {
  const relevance = Float64Array.from(shortlist, scoreOf);
  const shares = wanting.facets.map(() => new Float64Array(shortlist.length));
  shortlist.forEach((place, at) => {
    sharesAt(place, { pool, wanting }).forEach(({ share }, facet) => (shares[facet]![at] = share));
  });
  // Alike in what they say, alike in whom they serve: half each.
  const similarity = (left: number, right: number): number =>
    (pool.similarity(shortlist[left]!, shortlist[right]!) + wishOverlap(shares, left, right)) / 2;
  return diversify(relevance, similarity, { count: wanted }).map((at) => shortlist[at]!);
}

function sharesAt(place: number, { pool, wanting }: Pick<OrderInput, 'pool' | 'wanting'>) {
  const { facets, query } = wanting;
  const row = bestRow(query, pool.rows, place);
  return facets.map((facet) => shareOf(facet, { place, row, query, pool }));
}

/** The facets' shares, the curators' taste, and what is left of the score: what readers alike add. */
function causesOf(place: number, { pool, wanting, score }: { pool: Pool; wanting: Wanting; score: number }): Cause[] {
  const { facets, expansion, neighbourOf } = wanting;
  const shares = sharesAt(place, { pool, wanting });
  const own = facets.map(({ kind, label }, at): Cause => {
    const { share, hasWords } = shares[at]!;
    return kind === 'interest' ? { kind, label, share, hasWords } : { kind, label, share };
  });
  own.push({ kind: 'taste', share: thinness(facets) * pool.taste[place]! });
  if (!expansion) return own;
  const share = score - pool.prior[place]! - own.reduce((sum, cause) => sum + cause.share, 0);
  return [...own, { kind: 'readers', share, count: readersBehind(place, { pool, expansion, neighbourOf }) }];
}

/** How many readers stand behind the neighbour that speaks loudest for a story. */
function readersBehind(
  place: number,
  { pool, expansion, neighbourOf }: { pool: Pool; expansion: Expansion; neighbourOf: Wanting['neighbourOf'] },
): number {
  let [most, readers] = [0, 0];
  for (const neighbour of expansion.neighbours) {
    const story = neighbourOf(neighbour.storyId);
    if (!story) continue;
    const words = pool.wordsOf({ key: `story:${neighbour.storyId}`, kind: 'like', terms: story.terms });
    const voice = neighbour.weight * valueAt(words, place);
    if (voice > most) [most, readers] = [voice, neighbour.readers];
  }
  return readers;
}
