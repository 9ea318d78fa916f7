// Signals -> factors: what readers and stories have in common, as points in one space (implicit alternating least squares).
import { solvePositive } from './solve-positive.ts';
import { transpose, type SparseMatrix } from './signal-matrix.ts';

/** The best of a few settings tried on dev data; `npm run bench:rank-tune` tries more. */
export interface AlsSettings {
  rank: number;
  /** How much every pair without a signal counts, against 1 for a like. */
  silence: number;
  ridge: number;
  rounds: number;
}

export const alsSettings: AlsSettings = { rank: 64, silence: 0.02, ridge: 0.05, rounds: 6 };

/** Gram matrix of all stories' factors, times `silence`: the part of the equations no reader changes. */
export interface Ground {
  rank: number;
  stories: number;
  gram: Float64Array;
}

/**
 * Factors of the stories (columns of `signals`), row-major, `rank` numbers each. A story without signals gets zeros.
 * Source: Hu, Koren & Volinsky, ICDM 2008; the ridge grows with the root of a row's weight as in Rendle et al., RecSys 2022.
 */
export function factorise(signals: SparseMatrix, settings: AlsSettings, random: () => number): Float32Array {
  const { rank, rounds } = settings;
  const byStory = transpose(signals);
  const readers = new Float32Array(signals.rows * rank);
  const stories = Float32Array.from({ length: signals.columns * rank }, () => (random() - 0.5) * 0.35);
  for (let round = 0; round < rounds; round++) {
    solveRows(signals, stories, { into: readers, settings });
    solveRows(byStory, readers, { into: stories, settings });
  }
  return stories;
}

/** The ground of these factors; what `foldIn` needs of all stories. */
export function groundOf(factors: Float32Array, { rank, silence }: Pick<AlsSettings, 'rank' | 'silence'>): Ground {
  const gram = new Float64Array(rank * rank);
  for (let start = 0; start < factors.length; start += rank) {
    for (let row = 0; row < rank; row++) {
      const value = factors[start + row]! * silence;
      if (value === 0) continue;
      for (let column = 0; column <= row; column++) gram[row * rank + column]! += value * factors[start + column]!;
    }
  }
  return { rank, stories: factors.length / rank, gram };
}

/** One known row: the factors on the other side, and how much each counts; below 0 is a wish not to be near. */
export interface Known {
  factors: Float32Array;
  weight: number;
}

/** The factors of a reader who gave these signals, 0 to all of them new; the same equations as in training. */
export function foldIn(
  known: readonly Known[],
  ground: Ground,
  settings: Pick<AlsSettings, 'silence' | 'ridge'>,
): Float32Array {
  const { rank, stories, gram } = ground;
  const matrix = gram.slice();
  const right = new Float64Array(rank);
  for (const { factors, weight } of known) addKnown(matrix, right, { factors, at: 0, weight });
  addRidge(matrix, rank, settings.ridge * Math.sqrt(known.length + settings.silence * stories));
  solvePositive(matrix, right);
  return Float32Array.from(right);
}

function solveRows(
  { rows, starts, places, weights }: SparseMatrix,
  factors: Float32Array,
  { into, settings }: { into: Float32Array; settings: AlsSettings },
): void {
  const { rank, silence, ridge } = settings;
  const { gram, stories } = groundOf(factors, settings);
  const matrix = new Float64Array(rank * rank);
  for (let row = 0; row < rows; row++) {
    const count = starts[row + 1]! - starts[row]!;
    if (count === 0) continue;
    matrix.set(gram);
    const right = new Float64Array(rank);
    for (let at = starts[row]!; at < starts[row + 1]!; at++)
      addKnown(matrix, right, { factors, at: places[at]! * rank, weight: weights[at]! });
    addRidge(matrix, rank, ridge * Math.sqrt(count + silence * stories));
    solvePositive(matrix, right);
    into.set(right, row * rank);
  }
}

function addKnown(
  matrix: Float64Array,
  right: Float64Array,
  { factors, at, weight }: { factors: Float32Array; at: number; weight: number },
): void {
  const rank = right.length;
  const strength = Math.abs(weight);
  for (let row = 0; row < rank; row++) {
    const value = factors[at + row]!;
    right[row]! += weight * value;
    const scaled = strength * value;
    const start = row * rank;
    for (let column = 0; column <= row; column++) matrix[start + column]! += scaled * factors[at + column]!;
  }
}

function addRidge(matrix: Float64Array, rank: number, ridge: number): void {
  for (let at = 0; at < rank; at++) matrix[at * rank + at]! += ridge;
}
