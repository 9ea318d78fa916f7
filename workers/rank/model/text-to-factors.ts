// Words and vectors -> factors: what a story nobody has read would have in common with readers, predicted from what it says.
import { choleskyFactor, choleskySolve } from './cholesky.ts';
import type { SignalMatrix } from './signal-matrix.ts';

/** One for terms, one for vectors: both have unit length. */
const ridge = 1;
/** Conjugate-gradient steps a fit; the next fit goes on from where this one came to. */
const steps = 6;

/** What stories say: weights of terms, and vectors of `vectorSize` numbers, row-major; size 0 without vectors. */
export interface StoryTexts {
  terms: SignalMatrix;
  vectors: Float32Array;
  vectorSize: number;
}

/** Factors of each term and of each number of a vector, row-major: a text's factors are a sum. */
interface TextFactors {
  termFactors: Float32Array;
  vectorFactors: Float32Array;
}

export interface Regression extends TextFactors {
  /** Brings both nearer to the factors of the stories (stories x rank), and predicts those from them. */
  fit(factors: Float32Array): Float32Array;
}

/**
 * Weighted ridge regression from texts to factors, where `trust` says how much each story's factors are worth. Terms and
 * vectors take turns, each fitted to what the other leaves: vectors exactly, terms by conjugate gradients, since their
 * X'WX would be dense. A map from content to factors: Gantner et al., ICDM 2010.
 */
export function createRegression(
  { terms, vectors, vectorSize }: StoryTexts,
  { rank, trust }: { rank: number; trust: Float32Array },
): Regression {
  const termFactors = new Float32Array(terms.columns * rank);
  const vectorFactors = new Float32Array(vectorSize * rank);
  const dense: Dense = { values: vectors, size: vectorSize, rank };
  const gram = weightedGram(dense, trust);
  let byTerms: Float32Array = new Float32Array(terms.rows * rank);
  return {
    termFactors,
    vectorFactors,
    fit(factors) {
      solveVectors(vectorFactors, { dense, gram, target: weigh(subtract(factors, byTerms), trust, rank) });
      const byVectors = timesDense(dense, vectorFactors, terms.rows);
      descend(termFactors, { terms, target: subtract(factors, byVectors), trust, rank });
      byTerms = times(terms, termFactors, rank);
      return byTerms.map((value, at) => value + byVectors[at]!);
    },
  };
}

interface Dense {
  values: Float32Array;
  size: number;
  rank: number;
}

/** The Cholesky factor of V'WV + ridge. */
function weightedGram({ values, size }: Dense, trust: Float32Array): Float64Array {
  const gram = new Float64Array(size * size);
  for (let start = 0; start < values.length; start += size) {
    const weight = trust[start / size]!;
    for (let row = 0; row < size; row++) {
      const [value, to] = [weight * values[start + row]!, row * size];
      for (let column = 0; column <= row; column++) gram[to + column]! += value * values[start + column]!;
    }
  }
  for (let at = 0; at < size; at++) gram[at * size + at]! += ridge;
  choleskyFactor(gram, size);
  return gram;
}

function solveVectors(
  into: Float32Array,
  { dense: { values, size, rank }, gram, target }: { dense: Dense; gram: Float64Array; target: Float32Array },
): void {
  const sums = new Float64Array(size * rank);
  for (let from = 0, start = 0; start < values.length; from += rank, start += size)
    for (let row = 0; row < size; row++) {
      const [value, to] = [values[start + row]!, row * rank];
      for (let at = 0; at < rank; at++) sums[to + at]! += value * target[from + at]!;
    }
  const right = new Float64Array(size);
  for (let factor = 0; factor < rank; factor++) {
    for (let row = 0; row < size; row++) right[row] = sums[row * rank + factor]!;
    choleskySolve(gram, right);
    for (let row = 0; row < size; row++) into[row * rank + factor] = right[row]!;
  }
}

function timesDense({ values, size, rank }: Dense, factors: Float32Array, rows: number): Float32Array {
  const result = new Float32Array(rows * rank);
  for (let to = 0, start = 0; start < values.length; to += rank, start += size)
    for (let row = 0; row < size; row++) {
      const [value, from] = [values[start + row]!, row * rank];
      for (let at = 0; at < rank; at++) result[to + at]! += value * factors[from + at]!;
    }
  return result;
}

/** Conjugate gradients for all factors at once, from what `solution` holds. */
function descend(
  solution: Float32Array,
  { terms, target, trust, rank }: { terms: SignalMatrix; target: Float32Array; trust: Float32Array; rank: number },
): void {
  const image = (of: Float32Array): Float32Array => {
    const product = timesTransposed(terms, weigh(times(terms, of, rank), trust, rank), rank);
    for (let at = 0; at < product.length; at++) product[at]! += ridge * of[at]!;
    return product;
  };
  const residual = subtract(timesTransposed(terms, weigh(target, trust, rank), rank), image(solution));
  const direction = residual.slice();
  let squares = columnProducts(residual, residual, rank);
  for (let step = 0; step < steps; step++) {
    const moved = image(direction);
    const curvature = columnProducts(direction, moved, rank);
    for (let at = 0; at < solution.length; at++) {
      const pace = squares[at % rank]! / (curvature[at % rank]! || 1);
      solution[at]! += pace * direction[at]!;
      residual[at]! -= pace * moved[at]!;
    }
    const after = columnProducts(residual, residual, rank);
    for (let at = 0; at < solution.length; at++)
      direction[at] = residual[at]! + (after[at % rank]! / (squares[at % rank]! || 1)) * direction[at]!;
    squares = after;
  }
}

/** Rows of `matrix` times dense columns: rows x rank. */
function times({ rows, starts, indices, weights }: SignalMatrix, dense: Float32Array, rank: number): Float32Array {
  const result = new Float32Array(rows * rank);
  for (let row = 0; row < rows; row++) {
    const to = row * rank;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) {
      const [from, weight] = [indices[cell]! * rank, weights[cell]!];
      for (let at = 0; at < rank; at++) result[to + at]! += weight * dense[from + at]!;
    }
  }
  return result;
}

function timesTransposed(matrix: SignalMatrix, dense: Float32Array, rank: number): Float32Array {
  const { rows, columns, starts, indices, weights } = matrix;
  const result = new Float32Array(columns * rank);
  for (let row = 0; row < rows; row++) {
    const from = row * rank;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) {
      const [to, weight] = [indices[cell]! * rank, weights[cell]!];
      for (let at = 0; at < rank; at++) result[to + at]! += weight * dense[from + at]!;
    }
  }
  return result;
}

function subtract(left: Float32Array, right: Float32Array): Float32Array {
  return left.map((value, at) => value - right[at]!);
}

function weigh(dense: Float32Array, scales: Float32Array, rank: number): Float32Array {
  return dense.map((value, at) => value * scales[Math.floor(at / rank)]!);
}

function columnProducts(left: Float32Array, right: Float32Array, rank: number): Float64Array {
  const sums = new Float64Array(rank);
  for (let at = 0; at < left.length; at++) sums[at % rank]! += left[at]! * right[at]!;
  return sums;
}
