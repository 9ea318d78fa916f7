// A reader's best stories -> order: what rules put first, then what the reader asked for without repeating itself, then the rest.
import { leastAlike } from '../../core/likeness.ts';
import { diversify, facetOverlap } from './diversify.ts';
import { valueAt } from './evidence.ts';
import { wordsOfStory, type ExplainableQuery, type ReaderEvidence } from './pose-query.ts';
import { leastCloseness, type Pool } from './prepare-pool.ts';
import type { Facet } from './profile.ts';
import { claimsOf } from './claims.ts';
import { shareSeats } from './share-seats.ts';
import type { Cause } from './reasons.ts';
import { sharesOf } from './score-pool.ts';
import { thinness } from './taste.ts';
import type { Top } from './top/find-top.ts';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
export const candidateFactor = 5;

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

export interface ReaderOrder {
  /** Indices of the pool: first those of rules, then MMR's, then the rest by score; barred ones are missing. */
  order: number[];
  scoreOf: (index: number) => number;
  /** What moved the score of a story. */
  causesAt(index: number): Cause[];
}

/** Orders the best stories of one reader. */
export function orderForReader({ pool, readerQuery, top, count, isOpen, isPinnedByRule }: OrderInput): ReaderOrder {
  const open = top.indices.filter(isOpen);
  const pinned = open.filter(isPinnedByRule);
  const rest = pinned.length === 0 ? open : open.filter((index) => !isPinnedByRule(index));
  const wanted = Math.max(0, count - pinned.length);
  const candidates = rest.subarray(0, wanted * candidateFactor);
  const scoreOf = (index: number): number => top.scores[top.indices.indexOf(index)]!;
  const sharesAt = openShares(pool, readerQuery.query, candidates);
  const chosen = choose(candidates, { pool, facets: readerQuery.facets, sharesAt, wanted, scoreOf });
  return {
    order: [...pinned, ...chosen, ...rest.filter((index) => !chosen.includes(index))],
    scoreOf,
    causesAt: (index) => causesOf(index, { pool, readerQuery, shares: sharesAt(index), score: scoreOf(index) }),
  };
}

type SharesAt = (index: number) => Float64Array;

/** What each facet has in the score of a story: of the candidates known at once, of others computed when asked for. */
function openShares(pool: Pool, query: ExplainableQuery, candidates: Int32Array): SharesAt {
  const count = query.own.length;
  const table = sharesOf(query, candidates, pool);
  return (index) => {
    const row = candidates.indexOf(index);
    return row < 0 ? sharesOf(query, Int32Array.of(index), pool) : table.subarray(row * count, (row + 1) * count);
  };
}

interface Choice {
  pool: Pool;
  facets: readonly Facet[];
  sharesAt: SharesAt;
  wanted: number;
  scoreOf: (index: number) => number;
}

/**
 * Stated interests share the letter between them; signals alone are served by MMR over their scores; to a reader we know nothing
 * about the order of the pool is left as it is. What is then left of the letter is filled with what is best without the interests.
 */
function choose(candidates: Int32Array, choice: Choice): Int32Array {
  const { pool, facets, sharesAt, wanted, scoreOf } = choice;
  if (facets.length === 0) return candidates.subarray(0, wanted);
  const relevance = Float64Array.from(candidates, scoreOf);
  const shares = Array.from(candidates, sharesAt);
  const cosines = new Map<number, Float32Array>();
  const likeness = (chosen: number, other: number): number => {
    const row = cosines.get(chosen) ?? pool.similarities(candidates[chosen]!, candidates);
    cosines.set(chosen, row);
    return row[other]!;
  };
  const isStated = facets.map(({ kind }) => kind === 'interest');
  if (!isStated.includes(true)) {
    // Alike in what they say, alike in whom they serve: half each.
    const similarity = (left: number, right: number): number => (likeness(left, right) + facetOverlap(shares[left]!, shares[right]!)) / 2; // prettier-ignore
    return Int32Array.from(diversify(relevance, similarity, { count: wanted }), (at) => candidates[at]!);
  }
  const claims = claimsOf(facets, { stories: candidates, shares, scores: relevance }, pool);
  const seated = shareSeats(claims, { count: wanted, similarity: likeness });
  const unasked = relevance.map((score, at) => score - shares[at]!.reduce((sum, share, facet) => sum + (isStated[facet] ? share : 0), 0)); // prettier-ignore
  const left = [...unasked.keys()].filter((at) => !seated.includes(at)).toSorted((a, b) => unasked[b]! - unasked[a]! || a - b); // prettier-ignore
  return Int32Array.from([...seated, ...left].slice(0, wanted), (at) => candidates[at]!);
}

interface CauseInput extends Pick<OrderInput, 'pool' | 'readerQuery'> {
  shares: Float64Array;
  score: number;
}

/** The facets' shares, the curators' taste, and what is left of the score: what readers alike add. */
function causesOf(index: number, { pool, readerQuery, shares, score }: CauseInput): Cause[] {
  const { facets, unmet = [], expansion, query } = readerQuery;
  const { topic = '', sources = 1 } = pool.stories[index]!;
  const topicNamed = (label: string) => (pool.isNamedByTopic(label, index) ? { topic } : {});
  const own = facets.map((facet, at): Cause => {
    const { kind, label, vector } = facet;
    const share = shares[at]!;
    const cosine = pool.cosines(vector, Int32Array.of(index))[0]!;
    // A like names its story where both have so much in common.
    if (kind !== 'interest') {
      const isAlike = Math.max(cosine, valueAt(query.own[at]!.words, index)) >= leastAlike;
      const shared = topic !== '' && facet.topic === topic ? { topic } : {};
      return { kind, label, share, isAlike: isAlike && (kind !== 'answer' || facets[at]!.weight > 0), ...shared };
    }
    const { matchAt, mentionAt } = pool.interest(label);
    return { kind, label, share, match: matchAt(index), mention: mentionAt(index), ...topicNamed(label), isClose: cosine >= leastCloseness }; // prettier-ignore
  });
  // What no story has the words of may still be what a topic is called.
  for (const { label } of unmet) own.push({ kind: 'interest', label, share: 0, ...topicNamed(label), isClose: false });
  own.push({ kind: 'taste', share: thinness(facets) * pool.taste[index]! });
  // The draft's order goes by how many tell a story; it speaks for those in its first half.
  const carried: Cause = { kind: 'sources', share: pool.prior[index]!, count: sources };
  if (!expansion) return [...own, carried];
  const share = score - pool.prior[index]! - own.reduce((sum, cause) => sum + cause.share, 0);
  // They are only counted where they may be named.
  const count = own.every((cause) => cause.share < share) ? readersBehind(index, { pool, readerQuery }) : 0;
  return [...own, { kind: 'readers', share, count }, carried];
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
