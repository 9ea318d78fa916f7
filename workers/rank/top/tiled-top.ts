// Candidates without any library: four readers by four stories at a time, so that every number fetched serves four products.
import { layWords, type FindCandidates } from './candidates.ts';

const tile = 4;

/** The highest rows of each reader by tiles of typed arrays; pure but for the promise. */
export const tiledTop: FindCandidates = async ({ queries, rows, stories, keep }) => {
  const { width, count, values } = rows;
  const found: Int32Array[] = [];
  const scores = Array.from({ length: tile }, () => new Float32Array(count));
  const held = new Float32Array(count);
  for (let start = 0; start < queries.length; start += tile) {
    const batch = queries.slice(start, start + tile);
    const readers = new Float32Array(tile * width);
    batch.forEach(({ vector }, at) => readers.set(vector, at * width));
    let row = 0;
    for (; row + tile <= count; row += tile) multiplyTile({ readers, values, width, row, scores });
    for (; row < count; row++)
      for (let reader = 0; reader < tile; reader++) scores[reader]![row] = product(readers, reader * width, { values, start: row * width, width }); // prettier-ignore
    batch.forEach(({ words }, at) => {
      const own = scores[at]!;
      layWords(held, words, stories);
      for (let place = 0; place < count; place++) own[place]! += held[place]!;
      found.push(highest(own, keep));
    });
  }
  return found;
};

interface Tile {
  readers: Float32Array;
  values: Float32Array;
  width: number;
  row: number;
  scores: Float32Array[];
}

/** Sixteen sums in local variables, which the compiler keeps in registers. */
function multiplyTile({ readers, values, width, row, scores }: Tile): void {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [c0, c1, c2, c3, d0, d1, d2, d3] = [0, 0, 0, 0, 0, 0, 0, 0];
  const start = row * width;
  for (let at = 0; at < width; at++) {
    const a = readers[at]!;
    const b = readers[width + at]!;
    const c = readers[2 * width + at]!;
    const d = readers[3 * width + at]!;
    const s = values[start + at]!;
    const t = values[start + width + at]!;
    const u = values[start + 2 * width + at]!;
    const v = values[start + 3 * width + at]!;
    a0 += a * s;
    a1 += a * t;
    a2 += a * u;
    a3 += a * v; // prettier-ignore
    b0 += b * s;
    b1 += b * t;
    b2 += b * u;
    b3 += b * v; // prettier-ignore
    c0 += c * s;
    c1 += c * t;
    c2 += c * u;
    c3 += c * v; // prettier-ignore
    d0 += d * s;
    d1 += d * t;
    d2 += d * u;
    d3 += d * v; // prettier-ignore
  }
  scores[0]!.set([a0, a1, a2, a3], row);
  scores[1]!.set([b0, b1, b2, b3], row);
  scores[2]!.set([c0, c1, c2, c3], row);
  scores[3]!.set([d0, d1, d2, d3], row);
}

function product(
  left: Float32Array,
  at: number,
  { values, start, width }: { values: Float32Array; start: number; width: number },
): number {
  let sum = 0;
  for (let place = 0; place < width; place++) sum += left[at + place]! * values[start + place]!;
  return sum;
}

/** Places of the `keep` highest values, in any order: a heap with the least of them on top. */
function highest(values: Float32Array, keep: number): Int32Array {
  const heap = Int32Array.from({ length: keep }, (_, at) => at);
  for (let at = (keep >> 1) - 1; at >= 0; at--) sink(heap, values, at);
  for (let at = keep; at < values.length; at++) {
    if (values[at]! <= values[heap[0]!]!) continue;
    heap[0] = at;
    sink(heap, values, 0);
  }
  return heap;
}

function sink(heap: Int32Array, values: Float32Array, from: number): void {
  for (let at = from; ;) {
    let child = 2 * at + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && values[heap[child + 1]!]! < values[heap[child]!]!) child++;
    if (values[heap[at]!]! <= values[heap[child]!]!) return;
    const sunk = heap[at]!;
    heap[at] = heap[child]!;
    heap[child] = sunk;
    at = child;
  }
}
