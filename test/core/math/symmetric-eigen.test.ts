import { expect, test } from 'vitest';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { symmetricEigen } from '../../../core/math/symmetric-eigen.ts';

/** The second difference of `size` points: its eigenvalues are 2 - 2 cos(k pi / (size + 1)) in closed form (Strang 1986, 1.5). */
function secondDifference(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    matrix[row * size + row] = 2;
    if (row > 0) matrix[row * size + row - 1] = matrix[(row - 1) * size + row] = -1;
  }
  return matrix;
}

test.each([1, 2, 144, 384])('the eigenvalues of a %i x %i matrix are right to 1e-13 of the largest', (size) => {
  const { values } = symmetricEigen(secondDifference(size), size);
  values.forEach((value, at) => {
    const right = 2 - 2 * Math.cos(((size - at) * Math.PI) / (size + 1));
    expect(Math.abs(value - right)).toBeLessThan(4e-13);
  });
});

test('eigenvectors are orthonormal, make the matrix again, and point where their largest entry is positive', () => {
  const size = 60;
  const random = seededRandom(11);
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++)
      matrix[row * size + column] = matrix[column * size + row] = random() - 0.5;
  const before = matrix.slice();
  const { values, vectors } = symmetricEigen(matrix, size);
  expect(matrix).toEqual(before);
  for (let left = 0; left < size; left++) {
    const column = Array.from({ length: size }, (_, row) => vectors[row * size + left]!);
    expect(Math.max(...column)).toBeGreaterThan(-Math.min(...column) - 1e-9);
    for (let right = 0; right < size; right++) {
      const product = column.reduce((sum, value, row) => sum + value * vectors[row * size + right]!, 0);
      expect(product).toBeCloseTo(left === right ? 1 : 0, 12);
      const entry = values.reduce(
        (sum, value, at) => sum + value * vectors[left * size + at]! * vectors[right * size + at]!,
        0,
      );
      expect(entry).toBeCloseTo(matrix[left * size + right]!, 12);
    }
  }
});

test('of a matrix of zeros, and of one with equal eigenvalues, the axes are those of the space', () => {
  expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  expect([...symmetricEigen(Float64Array.of(2, 0, 0, 2), 2).values]).toEqual([2, 2]);
});
