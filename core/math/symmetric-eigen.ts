// a symmetric matrix -> its eigenvalues and eigenvectors by cyclic Jacobi rotations (Golub & Van Loan, 8.5); pure.

const mostSweeps = 30;
/** Off-diagonal mass, relative to the diagonal's, below which nothing moves any more in float64. */
const converged = 1e-24;

export interface Eigen {
  /** Descending. */
  values: Float64Array;
  /** Row-major size x size; column c belongs to values[c]. Signs are fixed: the largest entry of each is positive. */
  vectors: Float64Array;
}

/** Decomposes a size x size row-major symmetric matrix, which is left as it was. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < mostSweeps && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, { p, q, size });
  }
  return sortedEigen(a, v, size);
}

function isDiagonal(a: Float64Array, size: number): boolean {
  let [off, on] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const square = a[i * size + j]! ** 2;
      if (i === j) on += square;
      else off += square;
    }
  }
  return off <= converged * on;
}

function rotate(a: Float64Array, v: Float64Array, { p, q, size }: { p: number; q: number; size: number }): void {
  const apq = a[p * size + q]!;
  if (apq === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = { p, q, size, c, s };
  turnColumns(a, turn);
  turnRows(a, turn);
  turnColumns(v, turn);
}

interface Turn {
  p: number;
  q: number;
  size: number;
  c: number;
  s: number;
}

function turnColumns(m: Float64Array, { p, q, size, c, s }: Turn): void {
  for (let x = p, y = q; x < size * size; x += size, y += size) {
    const [mx, my] = [m[x]!, m[y]!];
    m[x] = c * mx - s * my;
    m[y] = s * mx + c * my;
  }
}

function turnRows(m: Float64Array, { p, q, size, c, s }: Turn): void {
  for (let k = 0, x = p * size, y = q * size; k < size; k++, x++, y++) {
    const [mx, my] = [m[x]!, m[y]!];
    m[x] = c * mx - s * my;
    m[y] = s * mx + c * my;
  }
}

function sortedEigen(a: Float64Array, v: Float64Array, size: number): Eigen {
  const order = Array.from({ length: size }, (_, i) => i).toSorted(
    (x, y) => a[y * size + y]! - a[x * size + x]! || x - y,
  );
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    let largest = 0;
    for (let k = 0; k < size; k++) {
      const value = v[k * size + from]!;
      if (Math.abs(value) > Math.abs(largest) + 1e-12) largest = value;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let k = 0; k < size; k++) vectors[k * size + to] = sign * v[k * size + from]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors };
}
