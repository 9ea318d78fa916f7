// a fuzzy graph and starting points -> points in two dimensions, by UMAP's sampled gradient descent; pure.
import { seededRandom } from '../../core/math/seeded-random.ts';
import type { FuzzyGraph } from './fuzzy-graph.ts';

const repulsions = 5;
/** A few hundred points settle in 300 rounds; many more do in fewer, each being pulled by as many edges. */
const mostRounds = 300;
const fewestRounds = 200;
const steepest = 4;

export interface Spreading {
  /** Coordinates of the starting points, x and y in turn; changed in place. */
  coordinates: Float32Array;
  /** Points from this number on stay where they are. */
  movable: number;
  /** Nothing goes farther from the middle than this, in both directions. */
  edge: number;
}

/**
 * Pulls the ends of each edge together as often as its weight says and pushes random pairs apart (McInnes, Healy, Melville
 * 2018, algorithm 5), with the curve 1 / (1 + d^2), that is a = b = 1: the layout is as good (Boehm, Berens, Kobak 2022),
 * and without powers it takes a third of the time. One seed: the same input gives the same points.
 */
export function optimiseLayout(graph: FuzzyGraph, spreading: Spreading): Float32Array {
  const { coordinates, movable } = spreading;
  const count = coordinates.length / 2;
  const rounds = Math.round(Math.max(fewestRounds, Math.min(mostRounds, 300_000 / count)));
  const random = seededRandom(1);
  const heaviest = graph.weights.reduce((most, weight) => Math.max(most, weight), 0);
  const every = graph.weights.map((weight) => heaviest / weight);
  const due = Float32Array.from(every);
  for (let round = 1; round <= rounds; round++) {
    const rate = 1 - round / rounds;
    for (let at = 0; at < due.length; at++) {
      if (due[at]! > round) continue;
      due[at]! += every[at]!;
      const from = graph.from[at]!;
      const to = graph.to[at]!;
      if (from >= movable && to >= movable) continue;
      pull(spreading, { from, to, rate });
      for (let pushed = 0; pushed < repulsions; pushed++) {
        if (from < movable) push(spreading, { from, to: Math.floor(random() * count), rate });
        if (to < movable) push(spreading, { from: to, to: Math.floor(random() * count), rate });
      }
    }
  }
  return coordinates;
}

interface Step {
  from: number;
  to: number;
  /** From 1 in the first round to 0 in the last. */
  rate: number;
}

function pull({ coordinates, movable, edge }: Spreading, { from, to, rate }: Step): void {
  const gapX = coordinates[2 * from]! - coordinates[2 * to]!;
  const gapY = coordinates[2 * from + 1]! - coordinates[2 * to + 1]!;
  const distance = gapX * gapX + gapY * gapY;
  if (distance === 0) return;
  const force = -2 / (1 + distance);
  const moveX = clip(force * gapX, steepest) * rate;
  const moveY = clip(force * gapY, steepest) * rate;
  if (from < movable) {
    coordinates[2 * from] = clip(coordinates[2 * from]! + moveX, edge);
    coordinates[2 * from + 1] = clip(coordinates[2 * from + 1]! + moveY, edge);
  }
  if (to < movable) {
    coordinates[2 * to] = clip(coordinates[2 * to]! - moveX, edge);
    coordinates[2 * to + 1] = clip(coordinates[2 * to + 1]! - moveY, edge);
  }
}

/** Moves `from` alone: `to` was drawn at random. */
function push({ coordinates, edge }: Spreading, { from, to, rate }: Step): void {
  if (from === to) return;
  const gapX = coordinates[2 * from]! - coordinates[2 * to]!;
  const gapY = coordinates[2 * from + 1]! - coordinates[2 * to + 1]!;
  const distance = gapX * gapX + gapY * gapY;
  const force = 2 / ((0.001 + distance) * (1 + distance));
  // Two points in one place leave it in opposite directions.
  const apart = from < to ? steepest : -steepest;
  const moveX = (distance === 0 ? apart : clip(force * gapX, steepest)) * rate;
  const moveY = (distance === 0 ? apart : clip(force * gapY, steepest)) * rate;
  coordinates[2 * from] = clip(coordinates[2 * from]! + moveX, edge);
  coordinates[2 * from + 1] = clip(coordinates[2 * from + 1]! + moveY, edge);
}

function clip(value: number, most: number): number {
  return value > most ? most : value < -most ? -most : value;
}
