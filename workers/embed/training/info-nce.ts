// two bags of each pair -> nearer to each other than to the rest of the batch: InfoNCE (van den Oord et al. 2018); pure.
import type { Bags } from './bags.ts';
import { rowProducts, sparseProduct } from './dense-products.ts';

/** The vectors being learned, row-major, and what row-wise Adagrad remembers of each row's gradients. */
export interface Learner {
  vectors: Float32Array;
  /** A multiple of four. */
  dimension: number;
  /** Moving sum of each row's mean squared gradient. */
  history: Float32Array;
  /** Gradients of the step, of the vectors' size; all zeros between steps. */
  gradient: Float32Array;
}

const temperature = 0.05;
/** Adagrad forgets slowly, so that late steps still move frequent words. */
const memory = 0.999;
const firstHistory = 1e-4;
/** What the softmax gives less than this pulls at nothing worth the time: late in training that is nearly all. */
const leastPull = 1e-4;

/** A learner that starts from these vectors. */
export function createLearner(vectors: Float32Array, dimension: number): Learner {
  const history = new Float32Array(vectors.length / dimension).fill(firstHistory);
  return { vectors, dimension, history, gradient: new Float32Array(vectors.length) };
}

/** One step on pairs (left[i], right[i]), none empty; changes the learner and returns the mean loss of left to right. */
export function learnPairs(learner: Learner, [left, right]: [Bags, Bags], rate: number): number {
  const { dimension } = learner;
  const a = encode(learner, left);
  const b = encode(learner, right);
  const count = a.lengths.length;
  const { pull, loss } = softmaxPull(rowProducts(a.units, b.units, dimension), count);
  const least = leastPull / (count * temperature);
  const pullA = sparseProduct(pull, b.units, { dimension, least, transposed: false });
  const pullB = sparseProduct(pull, a.units, { dimension, least, transposed: true });
  scatter(learner, left, throughNorm(pullA, a, dimension));
  scatter(learner, right, throughNorm(pullB, b, dimension));
  adagrad(learner, [left.rows, right.rows], rate);
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
    const end = starts[text + 1]!;
    // Four rows at a time, a third faster than one by one; past the end the last again, with no weight.
    for (let at = starts[text]!; at < end; at += 4) {
      const [v0, w0] = [rows[at]! * dimension, weights[at]!];
      const [v1, w1] = at + 1 < end ? [rows[at + 1]! * dimension, weights[at + 1]!] : [v0, 0];
      const [v2, w2] = at + 2 < end ? [rows[at + 2]! * dimension, weights[at + 2]!] : [v0, 0];
      const [v3, w3] = at + 3 < end ? [rows[at + 3]! * dimension, weights[at + 3]!] : [v0, 0];
      for (let d = 0; d < dimension; d++) {
        units[to + d]! += w0 * vectors[v0 + d]! + w1 * vectors[v1 + d]! + w2 * vectors[v2 + d]! + w3 * vectors[v3 + d]!;
      }
    }
    let square = 0;
    for (let d = 0; d < dimension; d++) square += units[to + d]! * units[to + d]!;
    const length = Math.max(Math.sqrt(square), 1e-6);
    for (let d = 0; d < dimension; d++) units[to + d]! /= length;
    lengths[text] = length;
  }
  return { units, lengths };
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

/** Gradients of unit vectors -> gradients of the sums they were scaled from, in place. */
function throughNorm(gradient: Float64Array, { units, lengths }: Encoded, dimension: number): Float64Array {
  for (let text = 0; text < lengths.length; text++) {
    const from = text * dimension;
    let along = 0;
    for (let d = 0; d < dimension; d++) along += gradient[from + d]! * units[from + d]!;
    for (let d = 0; d < dimension; d++) {
      gradient[from + d] = (gradient[from + d]! - along * units[from + d]!) / lengths[text]!;
    }
  }
  return gradient;
}

function scatter({ gradient, dimension }: Learner, { starts, rows, weights }: Bags, pulled: Float64Array): void {
  for (let text = 0; text < starts.length - 1; text++) {
    const from = text * dimension;
    for (let at = starts[text]!; at < starts[text + 1]!; at++) {
      const to = rows[at]! * dimension;
      const weight = weights[at]!;
      // Unrolled: a fifth faster.
      for (let d = 0; d < dimension; d += 4) {
        gradient[to + d]! += weight * pulled[from + d]!;
        gradient[to + d + 1]! += weight * pulled[from + d + 1]!;
        gradient[to + d + 2]! += weight * pulled[from + d + 2]!;
        gradient[to + d + 3]! += weight * pulled[from + d + 3]!;
      }
    }
  }
}

/** Row-wise Adagrad (Duchi et al. 2011): one rate for a row, since a rare word's whole vector is rare. */
function adagrad({ vectors, gradient, history, dimension }: Learner, named: readonly Int32Array[], rate: number): void {
  const touched = new Uint8Array(history.length);
  for (const rows of named) for (let at = 0; at < rows.length; at++) touched[rows[at]!] = 1;
  for (let row = 0; row < touched.length; row++) {
    if (touched[row] === 0) continue;
    const from = row * dimension;
    let square = 0;
    for (let d = 0; d < dimension; d++) square += gradient[from + d]! * gradient[from + d]!;
    const moved = history[row]! * memory + square / dimension;
    history[row] = moved;
    const scale = rate / Math.sqrt(moved + 1e-12);
    for (let d = 0; d < dimension; d++) {
      vectors[from + d]! -= scale * gradient[from + d]!;
      gradient[from + d] = 0;
    }
  }
}
