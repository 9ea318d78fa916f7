// A ranked pool and its reader -> the pair their letter asks about, with what the ranker foresees of the answer.
import type { Pair } from '../../core/store/pairs.ts';
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { choosePair, pairCandidates } from './choose-pair.ts';
import { poseQueries, type ReaderEvidence } from './pose-query.ts';
import type { Pool } from './prepare-pool.ts';
import { scoreAt } from './score-pool.ts';

/** What is the same for all letters that ask. */
export interface PairAsking {
  /** With the reader's number it seeds what is drawn. */
  issueNumber: number;
  topicOf: (storyId: number) => string | null;
}

export interface Unpicked {
  pool: Pool;
  /** Indices of the pool, the next to be picked first. */
  left: readonly number[];
  scoreOf: (index: number) => number;
}

/** The pair for one reader, neither story of which they know; undefined where there are no two. */
export function askPair(
  reader: RankableReader,
  { issueNumber, topicOf }: PairAsking,
  { pool, left, scoreOf }: Unpicked,
): Pair | undefined {
  const known = new Set([...reader.updated, ...reader.signals.map(({ storyId }) => storyId), ...(reader.answers ?? []).flatMap(({ chosenId, otherId }) => [chosenId, otherId])]); // prettier-ignore
  const idAt = (index: number): number => pool.stories[index]!.storyId;
  const open = left.filter((index) => !known.has(idAt(index))).slice(0, pairCandidates);
  const others = Int32Array.from(open);
  const chosen = choosePair({
    candidates: open.map((index) => ({ index, score: scoreOf(index), topic: topicOf(idAt(index)) })),
    likenesses: open.map((index) => pool.similarities(index, others)),
    seed: Math.imul(reader.id, 0x85eb_ca6b) ^ Math.imul(issueNumber, 0xc2b2_ae35),
  });
  if (!chosen) return undefined;
  const [first, second] = [chosen.left, chosen.right];
  return { left: idAt(first.index), right: idAt(second.index), alone: rounded(first.score - second.score), informed: null, byLot: chosen.byLot }; // prettier-ignore
}

/**
 * Of readers who answered before, what is foreseen without their answers stands beside what is foreseen with them, so that the next answer
 * tells what those were worth: it is held out, since it is not given yet (Dawid, JRSS A 147, 1984). Overwrites the queries of the pool.
 */
export function foreseeAlone(
  picks: readonly ReaderPicks[],
  evidence: readonly ReaderEvidence[],
  pool: Pool,
): ReaderPicks[] {
  const asked = [...picks.keys()].filter((at) => picks[at]!.pair && evidence[at]!.facets.some(isAnswer));
  if (asked.length === 0) return [...picks];
  const without = asked.map((at) => ({ ...evidence[at]!, facets: evidence[at]!.facets.filter((facet) => !isAnswer(facet)) })); // prettier-ignore
  const queries = poseQueries(without, pool);
  const indexOf = new Map(pool.stories.map(({ storyId }, index) => [storyId, index]));
  return picks.map((one, at) => {
    const query = queries[asked.indexOf(at)];
    if (!query || !one.pair) return one;
    const [left, right] = [one.pair.left, one.pair.right].map((storyId) => scoreAt(query, indexOf.get(storyId)!, pool));
    return { ...one, pair: { ...one.pair, alone: rounded(left! - right!), informed: one.pair.alone } };
  });
}

function isAnswer({ kind }: { kind: string }): boolean {
  return kind === 'answer';
}

function rounded(margin: number): number {
  return Math.round(margin * 1000) / 1000;
}
