// stories with vectors, and the points of earlier ones -> a point on the map for each; pure.
import { fuzzyGraph, type FuzzyGraph } from './fuzzy-graph.ts';
import { approximateNearestRows } from '../../core/math/approximate-nearest-rows.ts';
import { rowsOf, type Rows } from '../../core/math/exact-nearest-rows.ts';
import { projectOnAxes } from './principal-axes.ts';
import { optimiseLayout } from './optimise-layout.ts';

export interface MapTask {
  /** One unit-length vector a story. */
  stories: readonly Float32Array[];
  /** Stories of earlier maps with their points there: they stay, and the new ones are laid out among them. */
  anchors: readonly (MapPoint & { vector: Float32Array })[];
  /** Of the earlier maps; null for the first. */
  reach: number | null;
}

/** From -1 (left, top) to 1. */
export interface MapPoint {
  x: number;
  y: number;
}

export interface MapLayout {
  points: MapPoint[];
  /** Units of the layout from the middle to the edge; later maps are laid out in the same. */
  reach: number;
}

/** The root of their number, within these: among sixty stories fifteen neighbours would be a quarter of all. */
const fewestNeighbours = 5;
const mostNeighbours = 15;
/** Axes kept before neighbours are looked for: less noise, and a fifth of the time. */
const axisCount = 50;
/** Half the width of the first layout when it starts, as umap-learn scales its start. */
const startingReach = 10;
/** Room around the first map for what later weeks bring. */
const room = 1.2;

/**
 * The first map starts from the two widest principal axes (Kobak, Linderman 2021) and is scaled to its frame. Each later
 * one is laid out in that frame around the pinned points of earlier stories, so that regions keep their meaning.
 */
export async function layOutMap({ stories, anchors, reach }: MapTask): Promise<MapLayout> {
  if (stories.length === 0) return { points: [], reach: reach ?? startingReach };
  const all = rowsOf([...stories, ...anchors.map(({ vector }) => vector)]);
  const axes = projectOnAxes(all, axisCount);
  const wanted = Math.max(fewestNeighbours, Math.min(mostNeighbours, Math.round(Math.sqrt(all.count))));
  const graph = fuzzyGraph(await approximateNearestRows(axes, wanted));
  if (reach === null || anchors.length === 0) return firstMap(graph, axes);
  const coordinates = new Float32Array(all.count * 2);
  anchors.forEach(({ x, y }, at) => coordinates.set([x * reach, y * reach], 2 * (stories.length + at)));
  startAmongAnchors(coordinates, graph, stories.length);
  optimiseLayout(graph, { coordinates, movable: stories.length, edge: reach });
  return { points: toPoints(coordinates.subarray(0, stories.length * 2), reach), reach };
}

function firstMap(graph: FuzzyGraph, axes: Rows): MapLayout {
  const coordinates = new Float32Array(axes.count * 2);
  const column = (at: number): Float32Array =>
    Float32Array.from({ length: axes.count }, (_, row) => (at < axes.width ? axes.values[row * axes.width + at]! : 0));
  [column(0), column(1)].forEach((values, axis) => {
    const widest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    values.forEach((value, row) => (coordinates[2 * row + axis] = (value / widest) * startingReach));
  });
  optimiseLayout(graph, { coordinates, movable: axes.count, edge: Infinity });
  centre(coordinates);
  const reach = coordinates.reduce((most, value) => Math.max(most, Math.abs(value)), 1) * room;
  return { points: toPoints(coordinates, reach), reach };
}

/** Moves the middle of the map to the middle of what it shows. */
function centre(coordinates: Float32Array): void {
  for (const axis of [0, 1]) {
    const own = coordinates.filter((_, at) => at % 2 === axis);
    const middle = (own.reduce((a, b) => Math.min(a, b)) + own.reduce((a, b) => Math.max(a, b))) / 2;
    own.forEach((value, point) => (coordinates[2 * point + axis] = value - middle));
  }
}

/** Each new story starts at the mean of its neighbours, which are anchors or know some: ten rounds carry that far enough. */
function startAmongAnchors(coordinates: Float32Array, { from, to, weights }: FuzzyGraph, movable: number): void {
  for (let round = 0; round < 10; round++) {
    const sums = new Float64Array(movable * 3);
    const add = (point: number, other: number, weight: number): void => {
      if (point >= movable) return;
      sums[3 * point]! += weight * coordinates[2 * other]!;
      sums[3 * point + 1]! += weight * coordinates[2 * other + 1]!;
      sums[3 * point + 2]! += weight;
    };
    weights.forEach((weight, at) => {
      add(from[at]!, to[at]!, weight);
      add(to[at]!, from[at]!, weight);
    });
    for (let point = 0; point < movable; point++) {
      const weight = sums[3 * point + 2]! || 1;
      coordinates[2 * point] = sums[3 * point]! / weight;
      coordinates[2 * point + 1] = sums[3 * point + 1]! / weight;
    }
  }
}

/** Rounded, so that a database and JSON carry them without loss. */
function toPoints(coordinates: Float32Array, reach: number): MapPoint[] {
  return Array.from({ length: coordinates.length / 2 }, (_, point) => ({
    x: Math.round((coordinates[2 * point]! / reach) * 1e4) / 1e4,
    y: Math.round((coordinates[2 * point + 1]! / reach) * 1e4) / 1e4,
  }));
}
