// A reader's best stories -> order: what rules put first, then the best of the rest without repeating itself, then by score.
import { diversify, facetOverlap } from './diversify.ts';
import { valueAt } from './evidence.ts';
import { wordsOfStory, type ExplainableQuery, type ReaderEvidence } from './pose-query.ts';
import type { Pool } from './prepare-pool.ts';
import type { Cause } from './reasons.ts';
import { sharesOf } from './score-pool.ts';
import { thinness } from './taste.ts';
import type { Top } from './top/find-top.ts';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
export const shortlistFactor = 5;

/** A reader with everything their scores come from. */
export interface ReaderQuery extends ReaderEvidence {
  query: ExplainableQuery;
}

export interface OrderInput {
  pool: Pool;
  readerQuery: ReaderQuery;
  /** From `findTop`. */
  top: Top;
  /** How many are wanted in an order that does not repeat itself. */
  count: number;
  isOpen: (index: number) => boolean;
  /** Whether a rule puts a story before what scores. */
  isPinnedByRule: (index: number) => boolean;
}

export interface PoolOrder {
  /** Indices of the pool: first those of rules, then MMR's, then the rest by score; barred ones are missing. */
  order: number[];
  scoreOf(index: number): number;
  /** What moved the score of a story. */
  causesAt(index: number): Cause[];
}

/** Orders the best stories of one reader. */
export function orderPool({ pool, readerQuery, top, count, isOpen, isPinnedByRule }: OrderInput): PoolOrder {
  const open = top.indices.filter(isOpen);
  const pinned = open.filter(isPinnedByRule);
  const rest = pinned.length === 0 ? open : open.filter((index) => !isPinnedByRule(index));
  const wanted = Math.max(0, count - pinned.length);
  const shortlist = rest.subarray(0, wanted * shortlistFactor);
  const scoreOf = (index: number): number => top.scores[top.indices.indexOf(index)]!;
  const sharesAt = openShares(pool, readerQuery.query, shortlist);
  // Of a reader we know nothing about, the curators' order is kept as it is.
  const chosen =
    readerQuery.facets.length === 0
      ? shortlist.subarray(0, wanted)
      : spread(shortlist, { pool, sharesAt, wanted, scoreOf });
  return {
    order: [...pinned, ...chosen, ...rest.filter((index) => !chosen.includes(index))],
    scoreOf,
    causesAt: (index) => causesOf(index, { pool, readerQuery, shares: sharesAt(index), score: scoreOf(index) }),
  };
}

type SharesAt = (index: number) => Float64Array;

/** What each facet has in the score of a story: of the shortlist known at once, of others computed when asked for. */
function openShares(pool: Pool, query: ExplainableQuery, shortlist: Int32Array): SharesAt {
  const count = query.own.length;
  const table = sharesOf(query, shortlist, pool);
  return (index) => {
    const row = shortlist.indexOf(index);
    return row < 0 ? sharesOf(query, Int32Array.of(index), pool) : table.subarray(row * count, (row + 1) * count);
  };
}

/** MMR over the shortlist. */
function spread(
  shortlist: Int32Array,
  {
    pool,
    sharesAt,
    wanted,
    scoreOf,
  }: { pool: Pool; sharesAt: SharesAt; wanted: number; scoreOf: (index: number) => number },
): Int32Array {
  const relevance = Float64Array.from(shortlist, scoreOf);
  const shares = Array.from(shortlist, sharesAt);
  const cosines = new Map<number, Float32Array>();
  // Alike in what they say, alike in whom they serve: half each.
  const similarity = (chosen: number, other: number): number => {
    const row = cosines.get(chosen) ?? pool.similarities(shortlist[chosen]!, shortlist);
    cosines.set(chosen, row);
    return (row[other]! + facetOverlap(shares[chosen]!, shares[other]!)) / 2;
  };
  return Int32Array.from(diversify(relevance, similarity, { count: wanted }), (at) => shortlist[at]!);
}

interface CauseInput extends Pick<OrderInput, 'pool' | 'readerQuery'> {
  shares: Float64Array;
  score: number;
}

/** The facets' shares, the curators' taste, and what is left of the score: what readers alike add. */
function causesOf(index: number, { pool, readerQuery, shares, score }: CauseInput): Cause[] {
  const { facets, expansion, query } = readerQuery;
  const own = facets.map(({ kind, label }, at): Cause => {
    const share = shares[at]!;
    if (kind !== 'interest') return { kind, label, share };
    return { kind, label, share, hasWords: valueAt(query.own[at]!.words, index) > 0 };
  });
  own.push({ kind: 'taste', share: thinness(facets) * pool.taste[index]! });
  if (!expansion) return own;
  const share = score - pool.prior[index]! - own.reduce((sum, cause) => sum + cause.share, 0);
  // They are only counted where they may be named.
  const count = own.every((cause) => cause.share < share) ? readersBehind(index, { pool, readerQuery }) : 0;
  return [...own, { kind: 'readers', share, count }];
}

/** The strongest neighbours alone are asked: to look up the words of a hundred for each pick took a tenth of all time. */
const heardNeighbours = 20;

/** How many readers stand behind the neighbour that speaks loudest for a story. */
function readersBehind(
  index: number,
  { pool, readerQuery: { expansion, neighbourOf } }: { pool: Pool; readerQuery: ReaderQuery },
): number {
  if (!expansion) return 0;
  const { storyIds, weights, readers } = expansion.neighbours;
  let most = 0;
  let behind = 0;
  for (let at = 0; at < Math.min(heardNeighbours, storyIds.length); at++) {
    const story = neighbourOf(storyIds[at]!);
    const voice = story ? weights[at]! * valueAt(wordsOfStory(storyIds[at]!, story, pool), index) : 0;
    if (voice <= most) continue;
    most = voice;
    behind = readers[at]!;
  }
  return behind;
}
