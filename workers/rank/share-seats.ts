// Stories x stated interests -> an order in which each interest gets its part of a letter, whatever else scores.
import { argMax } from './arg-max.ts';

/** What asks for stories: a stated interest, or all signals together. */
export interface SeatClaim {
  /** Its part of the letter, against those of the others. */
  weight: number;
  /** The worth of each story of the candidates for it; undefined where the story has nothing for it. */
  worths: readonly (number | undefined)[];
}

export interface SeatOptions {
  /** How many stories are wanted. */
  count: number;
  /** How alike two stories of the candidates are, about 0 to 1. */
  similarity: (left: number, right: number) => number;
  lambda?: number;
}

/**
 * Chooses up to `count` stories of the candidates: the next goes to the claim with the greatest weight / (2 x stories it has + 1), which
 * takes the one with the most lambda x worth - (1 - lambda) x likeness to those chosen before. A claim without stories left gives
 * way, so fewer may come. Source: PM-2, Dang & Croft, SIGIR 2012 (Sainte-Laguë), with MMR, Carbonell & Goldstein, SIGIR 1998.
 */
export function shareSeats(claims: readonly SeatClaim[], { count, similarity, lambda = 0.8 }: SeatOptions): number[] {
  const scaled = claims.map(({ worths }) => scale(worths));
  const seats = claims.map(() => 0);
  const chosen: number[] = [];
  const isLeft = (worth: number | undefined, at: number): boolean => worth !== undefined && !chosen.includes(at);
  while (chosen.length < count) {
    const open = claims.map((_, claim) => scaled[claim]!.some(isLeft));
    const next = argMax(claims, ({ weight }, claim) => (open[claim] ? weight / (2 * seats[claim]! + 1) : -Infinity));
    if (next === undefined || !open[next]) return chosen;
    const best = argMax(scaled[next]!, (worth, at) => {
      if (!isLeft(worth, at)) return -Infinity;
      const nearest = chosen.reduce((most, other) => Math.max(most, similarity(other, at)), 0);
      return lambda * worth! - (1 - lambda) * nearest;
    });
    chosen.push(best!);
    seats[next]! += 1;
  }
  return chosen;
}

/** As shares of the greatest worth; what is below 0 counts as 0. */
function scale(worths: SeatClaim['worths']): SeatClaim['worths'] {
  const most = worths.reduce((high: number, worth = 0) => Math.max(high, worth), 0) || 1;
  return worths.map((worth) => (worth === undefined ? undefined : Math.max(0, worth) / most));
}
