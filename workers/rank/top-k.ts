// Numbers -> where the highest of them are, without sorting all.

/** Places of the `keep` highest values, in any order but for the first, which has the least of them: a heap with that on top. */
export function topK(values: Float32Array | Float64Array, keep: number): Int32Array {
  const heap = Int32Array.from({ length: Math.min(keep, values.length) }, (_, at) => at);
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, values, at);
  for (let at = heap.length; at < values.length; at++) {
    if (values[at]! <= values[heap[0]!]!) continue;
    heap[0] = at;
    sink(heap, values, 0);
  }
  return heap;
}

function sink(heap: Int32Array, values: Float32Array | Float64Array, from: number): void {
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
