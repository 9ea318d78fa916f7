// What was left out of a reader's letter -> the two stories it asks about, where the ranker is least sure; pure.
import { seededRandom } from '../../core/math/seeded-random.ts';
import { oppositeProbability } from './bradley-terry.ts';

/** A story just below the cut, best first. */
export interface PairCandidate {
  index: number;
  score: number;
  topic: string | null;
}

export interface PairRequest {
  candidates: readonly PairCandidate[];
  /** How alike each is to each of them, about 0 to 1. */
  likenesses: readonly ArrayLike<number>[];
  /** With the reader's and the number, so that ranking again asks the same. */
  seed: number;
}

export interface ChosenPair {
  left: PairCandidate;
  right: PairCandidate;
  byLot: boolean;
}

/** Any two of these may be asked about: what would be picked next, so that the answer moves what is picked. */
export const pairCandidates = 8;
/** Where the ranker is least sure it foresees nothing, by choice: how well it does is told from one pair in four, which are drawn. */
const byLotShare = 0.25;

/**
 * Of two stories of different topics those of which an answer tells most: the Fisher information of a Bradley-Terry comparison, p (1 - p)
 * with p = P(left before right), times the squared distance of their directions, 2 - 2 cosine; ties go to those that score more. Source:
 * Chaloner & Verdinelli, Statistical Science 10, 1995 (Bayesian D-optimal design, one comparison at a time, before anything is known). Which one stands
 * left is drawn, since what stands first is answered more. Undefined where no two differ.
 */
export function choosePair({ candidates, likenesses, seed }: PairRequest): ChosenPair | undefined {
  const random = seededRandom(seed);
  const [lot, turn, place] = [random(), random(), random()];
  const pairs: { one: PairCandidate; other: PairCandidate; information: number }[] = [];
  candidates.forEach((one, at) => {
    for (let next = at + 1; next < candidates.length; next++) {
      const other = candidates[next]!;
      if (one.topic !== null && one.topic === other.topic) continue;
      const before = oppositeProbability(other.score - one.score);
      pairs.push({ one, other, information: before * (1 - before) * 2 * (1 - likenesses[at]![next]!) });
    }
  });
  const byLot = lot < byLotShare;
  const chosen = byLot ? pairs[Math.floor(place * pairs.length)] : pairs.reduce((most, pair) => (pair.information > most.information ? pair : most), pairs[0]!); // prettier-ignore
  if (!chosen || chosen.information <= 0) return undefined;
  const { one, other } = chosen;
  return turn < 0.5 ? { left: one, right: other, byLot } : { left: other, right: one, byLot };
}
