// Two vectors -> their inner product; see kernels/ for many.

/** The inner product of a vector and the numbers from `start` on, in double precision; four sums, since one would wait for itself. */
export function productAt(vector: Float32Array, values: Float32Array, start: number): number {
  const size = vector.length;
  const whole = size & ~3;
  // No destructuring here: it costs as much as the products.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < whole; at += 4) {
    const place = start + at;
    a += vector[at]! * values[place]!;
    b += vector[at + 1]! * values[place + 1]!;
    c += vector[at + 2]! * values[place + 2]!;
    d += vector[at + 3]! * values[place + 3]!;
  }
  for (let at = whole; at < size; at++) a += vector[at]! * values[start + at]!;
  return a + b + (c + d);
}
