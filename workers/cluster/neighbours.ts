// vectors -> their nearest neighbours: exactly for a week of a field, by a HNSW graph (Malkov, Yashunin 2018) for more.
import { cosine, exactNeighbours, keepNearest, noNeighbours, type Neighbours, type Search } from './knn.ts';

/** Comparisons of the exact search: 3,000 by 3,000 vectors of 512 numbers take 8 s, a graph of them 1 s. */
const mostComparisons = 3_000 ** 2;
/** More than asked for, since the graph compares bytes: the true cosines then choose (recall .98 to .99). */
const widening = 1.5;

/** The nearest targets of each query. Without usearch (no binary for this machine) the search is exact and slow. */
export async function findNeighbours(search: Search): Promise<Neighbours> {
  const { queries, targets, k } = search;
  if (queries.length * targets.length <= mostComparisons) return exactNeighbours(search);
  const usearch = await import('usearch').catch(() => undefined);
  if (!usearch) return exactNeighbours(search);
  const dimensions = targets[0]!.length;
  const graph = new usearch.Index({
    dimensions,
    metric: usearch.MetricKind.IP,
    quantization: usearch.ScalarKind.I8,
    connectivity: 16,
    expansion_add: 64,
    expansion_search: 64,
    multi: false,
  });
  const batch = 1_000;
  for (let start = 0; start < targets.length; start += batch) {
    const some = targets.slice(start, start + batch);
    // One thread: the graph, and with it every story, then depends on nothing but the order of the items.
    graph.add(
      BigUint64Array.from(some, (_, at) => BigInt(start + at)),
      flat(some, dimensions),
      1,
    );
  }
  const wide = Math.min(targets.length, Math.ceil(k * widening) + 1);
  const nearest = noNeighbours(queries.length, k);
  for (let start = 0; start < queries.length; start += batch) {
    const some = queries.slice(start, start + batch);
    const { keys } = graph.search(flat(some, dimensions), wide, 1);
    keys.forEach((key, at) => {
      const query = start + Math.floor(at / wide);
      const target = Number(key);
      if (target === search.excluded[query] || target >= targets.length) return;
      keepNearest(nearest, query, [target, cosine(queries[query]!, targets[target]!)]);
    });
  }
  return nearest;
}

function flat(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const rows = new Float32Array(vectors.length * dimensions);
  vectors.forEach((vector, row) => rows.set(vector, row * dimensions));
  return rows;
}
