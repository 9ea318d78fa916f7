// Rows of factors -> the same rows rotated to other axes; pure.

/** Rows of `size` numbers, rotated to the axes; with `back`, from the axes to where they were. */
export function rotateRows(rows: Float32Array, axes: Float64Array, back = false): Float32Array {
  const size = Math.sqrt(axes.length);
  const turned = new Float32Array(rows.length);
  const sum = new Float64Array(size);
  const columns = back ? transposed(axes, size) : axes;
  for (let start = 0; start < rows.length; start += size) {
    sum.fill(0);
    for (let row = 0; row < size; row++) {
      const value = rows[start + row]!;
      if (value === 0) continue;
      const from = row * size;
      for (let at = 0; at < size; at++) sum[at]! += value * columns[from + at]!;
    }
    turned.set(sum, start);
  }
  return turned;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % size) * size + Math.floor(at / size)]!);
}
