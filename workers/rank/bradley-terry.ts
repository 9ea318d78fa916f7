// Comparisons -> weights of features: what puts one thing before another; pure.

/** By how much the better one exceeds the worse one in some features: where they stand among all, and how much. */
export interface Difference {
  at: ArrayLike<number>;
  by: ArrayLike<number>;
}

export interface FitOptions {
  /** How many features there are. */
  size: number;
  /** The L2 penalty, against the mean over all comparisons. */
  ridge: number;
  /** What is known already of each difference in worth; else 0. */
  offsets?: ArrayLike<number>;
}

const rounds = 300;
const rate = 0.3;

/**
 * Maximum-likelihood weights of P(better before worse) = 1 / (1 + exp(-(offset + weights . difference))), with an L2 penalty, by Adagrad
 * over all comparisons: deterministic. Source: Bradley & Terry, Biometrika 39, 1952; on features it is logistic regression of feature
 * differences (Springall, Applied Statistics 22, 1973; Duchi et al., JMLR 12, 2011).
 */
export function fitBradleyTerry(
  differences: readonly Difference[],
  { size, ridge, offsets }: FitOptions,
): Float64Array {
  const [weights, squares] = [new Float64Array(size), new Float64Array(size).fill(1e-9)];
  const slope = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    slope.fill(0);
    differences.forEach((difference, one) => {
      const pull =
        oppositeProbability((offsets?.[one] ?? 0) + differenceInWorth(difference, weights)) / differences.length;
      for (let place = 0; place < difference.at.length; place++)
        slope[difference.at[place]!]! += pull * difference.by[place]!;
    });
    for (let feature = 0; feature < size; feature++) {
      const step = slope[feature]! - ridge * weights[feature]!;
      squares[feature]! += step * step;
      weights[feature]! += (rate * step) / Math.sqrt(squares[feature]!);
    }
  }
  return weights;
}

/** How far one thing is worth more than the other, by these weights. */
export function differenceInWorth({ at, by }: Difference, weights: ArrayLike<number>): number {
  let worth = 0;
  for (let place = 0; place < at.length; place++) worth += weights[at[place]!]! * by[place]!;
  return worth;
}

/** How unlikely the order was that came about, 0 to 1: what is left to learn from it. */
export function oppositeProbability(worth: number): number {
  return 1 / (1 + Math.exp(worth));
}
