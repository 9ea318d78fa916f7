// two bags of each pair -> nearer to each other than to the rest of the batch: InfoNCE (van den Oord et al. 2018); pure.
import type { Bags } from './bags.ts';

/** The vectors being learned, row-major, and what row-wise Adagrad remembers of each row's gradients. */
export interface Learner {
  vectors: Float32Array;
  dimension: number;
  /** Moving sum of each row's mean squared gradient. */
  history: Float32Array;
  /** Buffer of the vectors' size, all zeros between steps. */
  gradient: Float32Array;
}

const temperature = 0.05;
/** Adagrad forgets slowly, so that late steps still move frequent words. */
const memory = 0.999;
const firstHistory = 1e-4;
/** A pair that the softmax gives less than this pulls at nothing worth the time. */
const leastPull = 1e-6;

/** A learner that starts from these vectors. */
export function openLearner(vectors: Float32Array, dimension: number): Learner {
  const history = new Float32Array(vectors.length / dimension).fill(firstHistory);
  return { vectors, dimension, history, gradient: new Float32Array(vectors.length) };
}

/** One step on pairs (left[i], right[i]), none empty; changes the learner and returns the mean loss of left to right. */
export function learnPairs(learner: Learner, left: Bags, right: Bags, rate: number): number {
  const a = encode(learner, left);
  const b = encode(learner, right);
  const { pull, loss } = softmaxPull(similarities(a.units, b.units, learner.dimension), left.starts.length - 1);
  const [pullA, pullB] = pullApart(pull, a.units, b.units, learner.dimension);
  const touched = new Set<number>();
  for (const [bags, side, gradient] of [
    [left, a, pullA],
    [right, b, pullB],
  ] as const) {
    throughNorm(gradient, side, learner.dimension);
    scatter(learner, bags, gradient, touched);
  }
  adagrad(learner, touched, rate);
  return loss;
}

interface Encoded {
  /** n x dimension, each row of length 1. */
  units: Float64Array;
  lengths: Float64Array;
}

function encode({ vectors, dimension }: Learner, { starts, rows, weights }: Bags): Encoded {
  const count = starts.length - 1;
  const units = new Float64Array(count * dimension);
  const lengths = new Float64Array(count);
  for (let text = 0; text < count; text++) {
    const to = text * dimension;
    for (let at = starts[text]!; at < starts[text + 1]!; at++) {
      const from = rows[at]! * dimension;
      const weight = weights[at]!;
      for (let d = 0; d < dimension; d++) units[to + d]! += weight * vectors[from + d]!;
    }
    let square = 0;
    for (let d = 0; d < dimension; d++) square += units[to + d]! ** 2;
    const length = Math.max(Math.sqrt(square), 1e-6);
    for (let d = 0; d < dimension; d++) units[to + d]! /= length;
    lengths[text] = length;
  }
  return { units, lengths };
}

/** All dot products of the rows of a with those of b, four of b at a time: each value of a is loaded once for four. */
function similarities(a: Float64Array, b: Float64Array, dimension: number): Float64Array {
  const count = a.length / dimension;
  const result = new Float64Array(count * count);
  for (let j = 0; j < count; j += 4) {
    const b0 = j * dimension;
    const b1 = Math.min(j + 1, count - 1) * dimension;
    const b2 = Math.min(j + 2, count - 1) * dimension;
    const b3 = Math.min(j + 3, count - 1) * dimension;
    for (let i = 0; i < count; i++) {
      const from = i * dimension;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let d = 0; d < dimension; d++) {
        const value = a[from + d]!;
        s0 += value * b[b0 + d]!;
        s1 += value * b[b1 + d]!;
        s2 += value * b[b2 + d]!;
        s3 += value * b[b3 + d]!;
      }
      const to = i * count + j;
      result[to] = s0;
      if (j + 1 < count) result[to + 1] = s1;
      if (j + 2 < count) result[to + 2] = s2;
      if (j + 3 < count) result[to + 3] = s3;
    }
  }
  return result;
}

/** Similarities -> their gradients under cross-entropy over rows and over columns, in place. */
function softmaxPull(similar: Float64Array, count: number): { pull: Float64Array; loss: number } {
  const rowSums = new Float64Array(count);
  const columnSums = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < count; j++, at++) {
      const value = Math.exp((similar[at]! - 1) / temperature);
      similar[at] = value;
      rowSums[i]! += value;
      columnSums[j]! += value;
    }
  }
  let loss = 0;
  const scale = 1 / (count * temperature);
  for (let i = 0, at = 0; i < count; i++) {
    loss -= Math.log(similar[i * count + i]! / rowSums[i]! + 1e-9) / count;
    for (let j = 0; j < count; j++, at++) {
      const share = (similar[at]! / rowSums[i]! + similar[at]! / columnSums[j]!) / 2;
      similar[at] = (share - (i === j ? 1 : 0)) * scale;
    }
  }
  return { pull: similar, loss };
}

function pullApart(
  pull: Float64Array,
  a: Float64Array,
  b: Float64Array,
  dimension: number,
): [Float64Array, Float64Array] {
  const count = a.length / dimension;
  const pullA = new Float64Array(a.length);
  const pullB = new Float64Array(b.length);
  const least = leastPull / (count * temperature);
  for (let i = 0, at = 0; i < count; i++) {
    const rowA = i * dimension;
    for (let j = 0; j < count; j++, at++) {
      const value = pull[at]!;
      if (Math.abs(value) < least) continue;
      const rowB = j * dimension;
      for (let d = 0; d < dimension; d++) {
        pullA[rowA + d]! += value * b[rowB + d]!;
        pullB[rowB + d]! += value * a[rowA + d]!;
      }
    }
  }
  return [pullA, pullB];
}

/** Gradients of unit vectors -> gradients of the sums they were scaled from, in place. */
function throughNorm(gradient: Float64Array, { units, lengths }: Encoded, dimension: number): void {
  for (let text = 0; text < lengths.length; text++) {
    const from = text * dimension;
    let along = 0;
    for (let d = 0; d < dimension; d++) along += gradient[from + d]! * units[from + d]!;
    for (let d = 0; d < dimension; d++) {
      gradient[from + d] = (gradient[from + d]! - along * units[from + d]!) / lengths[text]!;
    }
  }
}

function scatter(
  { gradient, dimension }: Learner,
  { starts, rows, weights }: Bags,
  pulled: Float64Array,
  touched: Set<number>,
): void {
  for (let text = 0; text < starts.length - 1; text++) {
    const from = text * dimension;
    for (let at = starts[text]!; at < starts[text + 1]!; at++) {
      const to = rows[at]! * dimension;
      const weight = weights[at]!;
      touched.add(rows[at]!);
      for (let d = 0; d < dimension; d++) gradient[to + d]! += weight * pulled[from + d]!;
    }
  }
}

/** Row-wise Adagrad (Duchi et al. 2011): one rate for a row, since a rare word's whole vector is rare. */
function adagrad({ vectors, gradient, history, dimension }: Learner, touched: Set<number>, rate: number): void {
  for (const row of touched) {
    const from = row * dimension;
    let square = 0;
    for (let d = 0; d < dimension; d++) square += gradient[from + d]! ** 2;
    history[row] = history[row]! * memory + square / dimension;
    const scale = rate / Math.sqrt(history[row] + 1e-12);
    for (let d = 0; d < dimension; d++) {
      vectors[from + d]! -= scale * gradient[from + d]!;
      gradient[from + d] = 0;
    }
  }
}
