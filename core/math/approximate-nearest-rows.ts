// rows of numbers -> the nearest other rows of each: exactly for few, by a graph for more.
import { exactNearestRows, type NearestRows, type Rows } from './exact-nearest-rows.ts';
import { openProximitySearch, type ProximitySearch } from './proximity-graph.ts';

/** The exact search of 5,000 rows of 50 numbers takes a second and grows with their square. */
const mostExact = 5_000;
/** Rows asked for at a time. */
const batch = 1_000;

/** As `exactNearestRows`, which it is without usearch (no binary for this machine); by the graph .98 of the rows are the same. */
export async function approximateNearestRows(rows: Rows, wanted: number): Promise<NearestRows> {
  if (rows.count <= mostExact) return exactNearestRows(rows, wanted);
  const search = await openProximitySearch();
  return search ? byGraph(search, rows, wanted) : exactNearestRows(rows, wanted);
}

function byGraph(search: ProximitySearch, { count, width, values }: Rows, k: number): NearestRows {
  const slice = (start: number, end: number): Float32Array => values.slice(start * width, end * width);
  const ask = search.graph({ count, width, slice }, 'squaredDistance');
  const nearest = { k, rows: new Int32Array(count * k), distances: new Float32Array(count * k).fill(Infinity) };
  for (let start = 0; start < count; start += batch) {
    const { keys, distances } = ask(slice(start, start + batch), k + 1);
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
