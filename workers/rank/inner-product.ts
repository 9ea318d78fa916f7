// Vectors -> inner products: what nearly all of the time of ranking goes to.

/** The inner product of a vector and the numbers from `start` on, in double precision; four sums, since one would wait for itself. */
export function productAt(vector: Float32Array | Float64Array, values: Float32Array, start: number): number {
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

/** Rows of numbers, wherever each begins. */
export interface RowsAt {
  values: Float32Array;
  starts: Int32Array;
}

/** Rows of `width` numbers side by side. */
export function rowsOf(values: Float32Array, width: number): RowsAt {
  const starts = new Int32Array(width > 0 ? values.length / width : 0);
  for (let row = 0; row < starts.length; row++) starts[row] = row * width;
  return { values, starts };
}

/**
 * The inner products of a vector with each of the rows, in double precision: four rows at a time, so that a number of the
 * vector is fetched once for all. A row's product does not depend on which rows stand beside it.
 */
export function productsAt(vector: Float32Array, { values, starts }: RowsAt): Float64Array {
  const size = vector.length;
  const products = new Float64Array(starts.length);
  const last = starts.length - 1;
  for (let row = 0; row <= last; row += 4) {
    const one = starts[row]!;
    const two = starts[Math.min(row + 1, last)]!;
    const three = starts[Math.min(row + 2, last)]!;
    const four = starts[Math.min(row + 3, last)]!;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let at = 0; at < size; at++) {
      const value = vector[at]!;
      a += value * values[one + at]!;
      b += value * values[two + at]!;
      c += value * values[three + at]!;
      d += value * values[four + at]!;
    }
    products[row] = a;
    // Beyond the end of a typed array nothing is written.
    products[row + 1] = b;
    products[row + 2] = c;
    products[row + 3] = d;
  }
  return products;
}

const tile = 4;

/**
 * The inner products of each row on the left with each on the right, row-major, in double precision. Four by four at a time, so
 * that every number fetched serves four products: sixteen sums in local variables, which the compiler keeps in registers.
 */
export function productTable(left: RowsAt, right: RowsAt, width: number): Float64Array {
  const rows = left.starts.length;
  const columns = right.starts.length;
  const table = new Float64Array(rows * columns);
  const sums = new Float64Array(tile * tile);
  const [ones, others] = [new Int32Array(tile), new Int32Array(tile)];
  for (let row = 0; row < rows; row += tile) {
    takeStarts(ones, left.starts, row);
    for (let column = 0; column < columns; column += tile) {
      takeStarts(others, right.starts, column);
      multiplyTile({ left: left.values, right: right.values, ones, others, width, sums });
      const [rowEnd, columnEnd] = [Math.min(tile, rows - row), Math.min(tile, columns - column)];
      for (let one = 0; one < rowEnd; one++)
        for (let other = 0; other < columnEnd; other++)
          table[(row + one) * columns + column + other] = sums[one * tile + other]!;
    }
  }
  return table;
}

/** Four starts from `from` on; beyond the end the last again. */
function takeStarts(taken: Int32Array, starts: Int32Array, from: number): void {
  for (let at = 0; at < tile; at++) taken[at] = starts[Math.min(from + at, starts.length - 1)]!;
}

interface Tile {
  left: Float32Array;
  right: Float32Array;
  ones: Int32Array;
  others: Int32Array;
  width: number;
  sums: Float64Array;
}

function multiplyTile({ left, right, ones, others, width, sums }: Tile): void {
  const a = ones[0]!;
  const b = ones[1]!;
  const c = ones[2]!;
  const d = ones[3]!;
  const s = others[0]!;
  const t = others[1]!;
  const u = others[2]!;
  const v = others[3]!;
  let [as, at, au, av, bs, bt, bu, bv] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [cs, ct, cu, cv, ds, dt, du, dv] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let place = 0; place < width; place++) {
    const one = left[a + place]!;
    const two = left[b + place]!;
    const three = left[c + place]!;
    const four = left[d + place]!;
    const first = right[s + place]!;
    const second = right[t + place]!;
    const third = right[u + place]!;
    const fourth = right[v + place]!;
    as += one * first;
    at += one * second;
    au += one * third;
    av += one * fourth;
    bs += two * first;
    bt += two * second;
    bu += two * third;
    bv += two * fourth;
    cs += three * first;
    ct += three * second;
    cu += three * third;
    cv += three * fourth;
    ds += four * first;
    dt += four * second;
    du += four * third;
    dv += four * fourth;
  }
  sums.set([as, at, au, av, bs, bt, bu, bv, cs, ct, cu, cv, ds, dt, du, dv]);
}

/** The sum of vectors, each times its weight; four at a time, since fetching the sum costs as much as a product. */
export function weightedSum(vectors: readonly Float32Array[], weights: ArrayLike<number>, size: number): Float32Array {
  const sum = new Float32Array(size);
  const last = vectors.length - 1;
  const weightAt = (at: number): number => (at > last ? 0 : weights[at]!);
  for (let at = 0; at <= last; at += 4) {
    const one = vectors[at]!;
    const two = vectors[Math.min(at + 1, last)]!;
    const three = vectors[Math.min(at + 2, last)]!;
    const four = vectors[Math.min(at + 3, last)]!;
    const [a, b, c, d] = [weightAt(at), weightAt(at + 1), weightAt(at + 2), weightAt(at + 3)];
    for (let place = 0; place < size; place++)
      sum[place]! += a * one[place]! + b * two[place]! + (c * three[place]! + d * four[place]!);
  }
  return sum;
}
