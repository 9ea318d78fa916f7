// A reader's best stories -> order: what rules put first, then the best of the rest without repeating itself, then by score.
import { diversify, wishOverlap } from './diversify.ts';
import { valueAt } from './evidence.ts';
import type { Part, Posed, Wants } from './pose-query.ts';
import type { Pool } from './prepare-pool.ts';
import type { Cause } from './reasons.ts';
import { bestRow, shareOf } from './score-pool.ts';
import { thinness } from './taste.ts';
import type { Top } from './top/find-top.ts';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
export const shortlistFactor = 5;

/** A reader with everything their scores come from. */
export interface Wanting extends Wants {
  query: Posed;
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
  const open = top.places.filter(isOpen);
  const first = open.filter(isFirst);
  const rest = first.length === 0 ? open : open.filter((place) => !isFirst(place));
  const wanted = Math.max(0, count - first.length);
  const shortlist = rest.subarray(0, wanted * shortlistFactor);
  const scoreOf = (place: number): number => top.scores[top.places.indexOf(place)]!;
  const sharesOf = openShares(pool, wanting.query);
  // Of a reader we know nothing about, the editors' order is kept as it is.
  const chosen =
    wanting.facets.length === 0
      ? shortlist.subarray(0, wanted)
      : spread(shortlist, { pool, sharesOf, wanted, scoreOf });
  return {
    order: [...first, ...chosen, ...rest.filter((place) => !chosen.includes(place))],
    scoreOf,
    causesAt: (place) => causesOf(place, { pool, wanting, shares: sharesOf(place), score: scoreOf(place) }),
  };
}

type SharesOf = (place: number) => Float64Array;

/** What each facet has in the score of a story, computed for those that are asked for. */
function openShares({ rows }: Pool, query: Posed): SharesOf {
  const { own, scales } = query;
  const known = new Map<number, Float64Array>();
  return (place) => {
    const kept = known.get(place);
    if (kept) return kept;
    const row = bestRow(query, rows, place);
    const shares = new Float64Array(own.length);
    for (let facet = 0; facet < shares.length; facet++)
      shares[facet] = shareOf(own[facet]!, { place, row, scales, rows });
    known.set(place, shares);
    return shares;
  };
}

/** MMR over the shortlist. */
function spread(
  shortlist: Int32Array,
  {
    pool,
    sharesOf,
    wanted,
    scoreOf,
  }: { pool: Pool; sharesOf: SharesOf; wanted: number; scoreOf: (place: number) => number },
): Int32Array {
  const relevance = Float64Array.from(shortlist, scoreOf);
  // Alike in what they say, alike in whom they serve: half each.
  const similarity = (left: number, right: number): number => {
    const [one, other] = [shortlist[left]!, shortlist[right]!];
    return (pool.similarity(one, other) + wishOverlap(sharesOf(one), sharesOf(other))) / 2;
  };
  return Int32Array.from(diversify(relevance, similarity, { count: wanted }), (at) => shortlist[at]!);
}

interface CauseInput extends Pick<OrderInput, 'pool' | 'wanting'> {
  shares: Float64Array;
  score: number;
}

/** The facets' shares, the curators' taste, and what is left of the score: what readers alike add. */
function causesOf(place: number, { pool, wanting, shares, score }: CauseInput): Cause[] {
  const { facets, expansion, query } = wanting;
  const own = facets.map(({ kind, label }, at): Cause => {
    const share = shares[at]!;
    if (kind !== 'interest') return { kind, label, share };
    return { kind, label, share, hasWords: valueAt(query.own[at]!.words, place) > 0 };
  });
  own.push({ kind: 'taste', share: thinness(facets) * pool.taste[place]! });
  if (!expansion) return own;
  const share = score - pool.prior[place]! - own.reduce((sum, cause) => sum + cause.share, 0);
  // They are only counted where they may be named.
  const count = own.every((cause) => cause.share < share) ? readersBehind(place, query.near) : 0;
  return [...own, { kind: 'readers', share, count }];
}

/** How many readers stand behind the neighbour that speaks loudest for a story. */
function readersBehind(place: number, near: readonly Part[]): number {
  let most = 0;
  let behind = 0;
  for (const { weight, words, readers } of near) {
    const voice = weight * valueAt(words, place);
    if (voice <= most) continue;
    most = voice;
    behind = readers;
  }
  return behind;
}
