// Rows of numbers -> a graph by which near rows are found quickly (HNSW; Malkov, Yashunin 2018): the only file that opens usearch.

type Usearch = typeof import('usearch');

/** What is near: the inner product of unit vectors kept as bytes, or the squared Euclidean distance of full numbers. */
type Nearness = 'innerProduct' | 'squaredDistance';

interface Found {
  /** For each query in turn the numbers of `k` rows, nearest first; a number beyond the rows where there are fewer. */
  keys: BigUint64Array;
  distances: Float32Array;
}

/** `count` rows of `width` numbers; `slice` lays some of them one after the other, so that all need not be copied at once. */
interface GraphRows {
  count: number;
  width: number;
  slice: (start: number, end: number) => Float32Array;
}

export interface ProximitySearch {
  /** A graph of rows. */
  graph: (rows: GraphRows, nearness: Nearness) => (queries: Float32Array, k: number) => Found;
  /** The rows of bytes with the greatest inner products, by comparing all. */
  scan: (rows: Int8Array, width: number) => (queries: Int8Array, k: number) => Found;
}

/** Rows that are handed over at a time. */
const batch = 1_000;
// One thread everywhere: the same rows then give the same graph and the same order.
const threads = 1;

/** Undefined where usearch has no binary for this machine. */
export async function openProximitySearch(): Promise<ProximitySearch | undefined> {
  const usearch = await import('usearch').catch(() => undefined);
  if (!usearch) return undefined;
  return {
    graph: (rows, nearness) => buildGraph(usearch, rows, nearness),
    scan: (rows, width) => (queries, k) => usearch.exactSearch(rows, queries, width, k, usearch.MetricKind.IP, threads),
  };
}

function buildGraph(
  { Index, MetricKind, ScalarKind }: Usearch,
  { count, width, slice }: GraphRows,
  nearness: Nearness,
): (queries: Float32Array, k: number) => Found {
  const isProduct = nearness === 'innerProduct';
  const index = new Index({
    dimensions: width,
    metric: isProduct ? MetricKind.IP : MetricKind.L2sq,
    quantization: isProduct ? ScalarKind.I8 : ScalarKind.F32,
    connectivity: 16,
    expansion_add: 64,
    expansion_search: 64,
    multi: false,
  });
  for (let start = 0; start < count; start += batch) {
    const end = Math.min(start + batch, count);
    const keys = BigUint64Array.from({ length: end - start }, (_, at) => BigInt(start + at));
    index.add(keys, slice(start, end), threads);
  }
  return (queries, k) => index.search(queries, k, threads);
}
