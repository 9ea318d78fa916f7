// vectors -> their nearest neighbours: exactly for few, by a scan of bytes or a HNSW graph (Malkov, Yashunin 2018) for more.
import { exactNeighbours, keepNearest, noNeighbours, type Neighbours, type Search } from './exact-neighbours.ts';
import { rowsOf } from './exact-nearest-rows.ts';
import { openProximitySearch, type ProximitySearch } from './proximity-graph.ts';
import { innerProduct } from './vectors.ts';

/** The numbers of the targets that seem nearest, `wide` for each query in turn. */
type Asking = (queries: readonly Float32Array[], wide: number) => BigUint64Array;

/** Comparisons that plain loops make in a second. */
const fewComparisons = 1_000 ** 2;
/**
 * A vector takes as long to put into the graph or to look up in it (.3 ms) as a scan takes for so many comparisons
 * (.06 us): a scan for 1,000 new items among 100,000, a graph for 5,000 and more among themselves.
 */
const comparisonsOfOne = 2_500;
/** More than asked for, since bytes are compared: the true cosines then choose (recall .98 to .99 by the graph). */
const widening = 1.5;
/** Vectors that are copied to be handed over at a time. */
const batch = 1_000;

/** The nearest targets of each query. Without usearch (no binary for this machine) the search is exact and slow. */
export async function findNeighbours(search: Search): Promise<Neighbours> {
  const { queries, targets, k } = search;
  const comparisons = queries.length * targets.length;
  if (comparisons <= fewComparisons) return exactNeighbours(search);
  const found = await openProximitySearch();
  if (!found) return exactNeighbours(search);
  const isScan = comparisons <= (queries.length + targets.length) * comparisonsOfOne;
  const ask = isScan ? scan(found, targets) : openGraph(found, targets);
  const wide = Math.min(targets.length, Math.ceil(k * widening) + 1);
  const nearest = noNeighbours(queries.length, k);
  const step = isScan ? Math.ceil(mostAtOnce / targets.length) : batch;
  const order = isScan ? [...queries.keys()] : byPivot(queries);
  for (let start = 0; start < queries.length; start += step) {
    const some = order.slice(start, start + step);
    const keys = ask(
      some.map((query) => queries[query]!),
      wide,
    );
    for (let at = 0; at < keys.length; at++) {
      const query = some[Math.floor(at / wide)]!;
      const target = Number(keys[at]!);
      if (target === search.excluded[query] || target >= targets.length) continue;
      keepNearest(nearest, query, [target, innerProduct(queries[query]!, targets[target]!)]);
    }
  }
  return nearest;
}

/** A scan keeps 16 bytes for each comparison of a call. */
const mostAtOnce = 2_000_000;
/** Bytes reach to so many times the root mean square of a unit vector's numbers; the few beyond are cut. */
const byteReach = 6;

function scan(search: ProximitySearch, targets: readonly Float32Array[]): Asking {
  const ask = search.scan(toBytes(targets), targets[0]!.length);
  return (queries, wide) => ask(toBytes(queries), wide).keys;
}

function toBytes(vectors: readonly Float32Array[]): Int8Array {
  const width = vectors[0]!.length;
  const bytes = new Int8Array(vectors.length * width);
  const scale = 127 / Math.min(1, byteReach / Math.sqrt(width));
  vectors.forEach((vector, row) => {
    for (let at = 0; at < width; at++) {
      bytes[row * width + at] = Math.max(-127, Math.min(127, Math.round(vector[at]! * scale)));
    }
  });
  return bytes;
}

function openGraph(search: ProximitySearch, targets: readonly Float32Array[]): Asking {
  const slice = (start: number, end: number): Float32Array => rowsOf(targets.slice(start, end)).values;
  const ask = search.graph({ count: targets.length, width: targets[0]!.length, slice }, 'innerProduct');
  return (queries, wide) => ask(rowsOf(queries).values, wide).keys;
}

const pivotCount = 32;

/** The queries in an order in which those that are alike follow each other: they walk the same part of the graph, which is then in the cache. */
function byPivot(queries: readonly Float32Array[]): number[] {
  const step = Math.max(1, Math.floor(queries.length / pivotCount));
  const pivots = queries.filter((_, at) => at % step === 0);
  const nearest = queries.map((query) => {
    const cosines = pivots.map((pivot) => innerProduct(query, pivot));
    return cosines.indexOf(Math.max(...cosines));
  });
  return [...queries.keys()].toSorted((a, b) => nearest[a]! - nearest[b]! || a - b);
}
