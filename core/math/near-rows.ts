// rows of numbers -> the nearest other rows of each: exactly for few, by a HNSW graph (Malkov, Yashunin 2018) for more.
import { nearestRows, type NearestRows, type Rows } from './nearest-rows.ts';

type Usearch = typeof import('usearch');

/** The exact search of 5,000 rows of 50 numbers takes a second and grows with their square. */
const mostExact = 5_000;
/** Rows handed over at a time. */
const batch = 1_000;

/** As `nearestRows`, which it is without usearch (no binary for this machine); by the graph .98 of the rows are the same. */
export async function nearRows(rows: Rows, wanted: number): Promise<NearestRows> {
  if (rows.count <= mostExact) return nearestRows(rows, wanted);
  const usearch = await import('usearch').catch(() => undefined);
  return usearch ? byGraph(usearch, rows, wanted) : nearestRows(rows, wanted);
}

function byGraph({ Index, MetricKind, ScalarKind }: Usearch, { count, width, values }: Rows, k: number): NearestRows {
  const graph = new Index({
    dimensions: width,
    metric: MetricKind.L2sq,
    quantization: ScalarKind.F32,
    connectivity: 16,
    expansion_add: 64,
    expansion_search: 64,
    multi: false,
  });
  const some = (start: number): Float32Array => values.slice(start * width, (start + batch) * width);
  for (let start = 0; start < count; start += batch) {
    const keys = BigUint64Array.from({ length: Math.min(batch, count - start) }, (_, at) => BigInt(start + at));
    // One thread: the same rows then give the same map.
    graph.add(keys, some(start), 1);
  }
  const nearest = { k, rows: new Int32Array(count * k), distances: new Float32Array(count * k).fill(Infinity) };
  for (let start = 0; start < count; start += batch) {
    const { keys, distances } = graph.search(some(start), k + 1, 1);
    for (let at = 0, row = start; at < keys.length; at += k + 1, row++) {
      let kept = row * k;
      for (let other = at; other <= at + k && kept < (row + 1) * k; other++) {
        if (Number(keys[other]!) === row) continue;
        nearest.rows[kept] = Number(keys[other]!);
        nearest.distances[kept++] = Math.sqrt(Math.max(0, distances[other]!));
      }
    }
  }
  return nearest;
}
