// Signals and texts -> factors: what readers and stories have in common, as points in one space (implicit alternating least squares).
import { symmetricEigen } from '../../../core/math/symmetric-eigen.ts';
import { innerProduct64 } from '../../../core/math/vectors.ts';
import { rotateRows } from './rotate-rows.ts';
import { layKnown, type KnownRows } from './known-rows.ts';
import { transpose, type SignalMatrix } from './signal-matrix.ts';

/** The best of those tried on held-out stories, see docs/measurements.md. */
export interface AlsSettings {
  rank: number;
  /** How much every pair without a signal counts, against 1 for a like. */
  silence: number;
  ridge: number;
  rounds: number;
}

export const alsSettings: AlsSettings = { rank: 128, silence: 0.02, ridge: 0.15, rounds: 6 };

/**
 * Gram matrix of all stories' factors, times `silence`: the part of the equations no reader changes. The factors are turned so
 * that it is diagonal, which makes a reader of n likes cost n x rank a step and not rank^3.
 */
export interface UnknownCells {
  stories: number;
  diagonal: Float64Array;
}

export interface FactoriseInput {
  settings: AlsSettings;
  random: () => number;
  /** What the texts of the stories say their factors are, after learning from these. */
  predict: (factors: Float32Array) => Float32Array;
}

/** Rounds before the texts are asked: factors of chance teach them nothing. */
const roundsAlone = 2;

/**
 * Factors of the stories (columns of `signals`), row-major, `rank` numbers each. The ridge draws a story towards what its text
 * predicts, so that one with two readers is placed by its words and one with two hundred by its readers. Sources: Hu,
 * Koren & Volinsky, ICDM 2008; the ridge grows with the root of a row's weight as in Rendle et al., RecSys 2022; the
 * prior as in collaborative topic regression, Wang & Blei, KDD 2011.
 */
export function factorise(signals: SignalMatrix, { settings, random, predict }: FactoriseInput): Float32Array {
  const { rank, rounds } = settings;
  const byStory = transpose(signals);
  let stories: Float32Array = Float32Array.from({ length: signals.columns * rank }, () => (random() - 0.5) * 0.35);
  for (let round = 0; round < rounds; round++) {
    const prior = round < roundsAlone ? undefined : predict(stories);
    const readers = solveRows(signals, stories, { settings });
    stories = solveRows(byStory, readers, { settings, prior });
  }
  return stories;
}

/** The axes along which the Gram matrix of these factors is diagonal. */
export function axesOf(factors: Float32Array, rank: number): Float64Array {
  return symmetricEigen(gramOf(factors, rank), rank).vectors;
}

/** The ground of factors that are turned along their axes. */
export function groundOf(turned: Float32Array, { rank, silence }: Pick<AlsSettings, 'rank' | 'silence'>): UnknownCells {
  const diagonal = new Float64Array(rank);
  for (let at = 0; at < turned.length; at++) diagonal[at % rank]! += silence * turned[at]! ** 2;
  return { stories: turned.length / rank, diagonal };
}

/** One known row: the factors on the other side, and how much each counts; below 0 is a wish not to be near. */
export interface KnownFactors {
  factors: Float32Array;
  weight: number;
}

/** The factors of a reader who gave these signals, 0 to all of them new; the same equations as in training. */
export function foldIn(
  known: readonly KnownFactors[],
  ground: UnknownCells,
  settings: Pick<AlsSettings, 'silence' | 'ridge'>,
): Float32Array {
  const rank = ground.diagonal.length;
  const weights = new Float32Array(known.map(({ weight }) => weight));
  const rows = layKnown(weights, rank, (values) => known.forEach(({ factors }, at) => values.set(factors, at * rank)));
  return solveRow({ rows, count: known.length, ground, pull: pullOf(known.length, ground, settings) });
}

function pullOf(
  count: number,
  { stories }: UnknownCells,
  { ridge, silence }: Pick<AlsSettings, 'silence' | 'ridge'>,
): number {
  return ridge * Math.sqrt(count + silence * stories);
}

function gramOf(factors: Float32Array, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  for (let start = 0; start < factors.length; start += rank) {
    for (let row = 0; row < rank; row++) {
      const value = factors[start + row]!;
      if (value === 0) continue;
      for (let column = 0; column <= row; column++) gram[row * rank + column]! += value * factors[start + column]!;
    }
  }
  return gram;
}

function solveRows(
  { rows, starts, indices, weights }: SignalMatrix,
  factors: Float32Array,
  { settings, prior }: { settings: AlsSettings; prior?: Float32Array | undefined },
): Float32Array {
  const { rank } = settings;
  const axes = axesOf(factors, rank);
  const turned = rotateRows(factors, axes);
  const ground = groundOf(turned, settings);
  const turnedPrior = prior && rotateRows(prior, axes);
  const solved = new Float32Array(rows * rank);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [starts[row]!, starts[row + 1]!];
    if (start === end) continue;
    const known = layKnown(weights.subarray(start, end), rank, (values) => {
      for (let at = start; at < end; at++)
        values.set(turned.subarray(indices[at]! * rank, (indices[at]! + 1) * rank), (at - start) * rank);
    });
    const own = turnedPrior?.subarray(row * rank, (row + 1) * rank);
    const pull = pullOf(end - start, ground, settings);
    solved.set(solveRow({ rows: known, count: end - start, ground, pull, prior: own }), row * rank);
  }
  return rotateRows(solved, axes, true);
}

interface Row {
  rows: KnownRows;
  /** How many these are. */
  count: number;
  ground: UnknownCells;
  pull: number;
  prior?: Float32Array | undefined;
}

/** Steps after which conjugate gradients have come close enough: .0005 of the exact solution with thirty likes. */
const mostSteps = 12;

/**
 * Solves (D + sum of |w| f f' + pull) x = sum of w f + pull prior, D the ground. D and the pull are divided out, so conjugate
 * gradients need at most one step for each known row and one more.
 */
function solveRow({ rows, count, ground: { diagonal }, pull, prior }: Row): Float32Array {
  const rank = diagonal.length;
  const [x, scaled, direction, image] = [0, 1, 2, 3].map(() => new Float64Array(rank)) as [Float64Array, Float64Array, Float64Array, Float64Array]; // prettier-ignore
  const residual = new Float64Array(rows.sum());
  if (prior) for (let at = 0; at < rank; at++) residual[at]! += pull * prior[at]!;
  for (let at = 0; at < rank; at++) direction[at] = residual[at]! / (diagonal[at]! + pull);
  let size = innerProduct64(residual, direction);
  const goal = size * 1e-8;
  const steps = Math.min(mostSteps, count + 1);
  for (let step = 0; step < steps && size > goal; step++) {
    const ofKnown = rows.imageOf(direction);
    for (let at = 0; at < rank; at++) image[at] = ofKnown[at]! + direction[at]! * (diagonal[at]! + pull);
    const pace = size / innerProduct64(direction, image);
    for (let at = 0; at < rank; at++) {
      x[at]! += pace * direction[at]!;
      residual[at]! -= pace * image[at]!;
      scaled[at] = residual[at]! / (diagonal[at]! + pull);
    }
    const after = innerProduct64(residual, scaled);
    for (let at = 0; at < rank; at++) direction[at] = scaled[at]! + (after / size) * direction[at]!;
    size = after;
  }
  return new Float32Array(x);
}
