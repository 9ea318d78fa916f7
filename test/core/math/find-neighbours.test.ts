import { expect, it } from 'vitest';
import { chanceFloor } from '../../../workers/cluster/floor.ts';
import { exactNeighbours } from '../../../core/math/exact-neighbours.ts';
import { findNeighbours } from '../../../core/math/find-neighbours.ts';
import { innerProduct, normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';

const random = seededRandom(7);
const vectors = Array.from({ length: 60 }, () => normalise(Float32Array.from({ length: 16 }, () => random() - 0.5)));
const itself = [...vectors.keys()];

it('finds the same neighbours as sorting everything does', () => {
  const { targets, cosines } = exactNeighbours({ queries: vectors, targets: vectors, k: 5, excluded: itself });
  vectors.forEach((vector, query) => {
    const sorted = vectors
      .map((other, target) => ({ target, cosine: innerProduct(vector, other) }))
      .filter(({ target }) => target !== query)
      .toSorted((a, b) => b.cosine - a.cosine)
      .slice(0, 5);
    expect([...targets.subarray(query * 5, query * 5 + 5)]).toEqual(sorted.map(({ target }) => target));
    expect(cosines[query * 5]).toBeCloseTo(sorted[0]!.cosine, 5);
  });
});

it('marks the places of neighbours that do not exist', () => {
  const two = vectors.slice(0, 2);
  expect([...exactNeighbours({ queries: two, targets: two, k: 3, excluded: itself }).targets]).toEqual([
    1, -1, -1, 0, -1, -1,
  ]);
});

it.each([
  ['a scan of bytes', 2_000, 2_000],
  ['a graph', 5_100, 5_100],
  ['a scan for few among many', 300, 5_100],
])('finds nearly the same neighbours by %s', async (...[, asked, count]) => {
  const many = Array.from({ length: count }, () => normalise(Float32Array.from({ length: 16 }, () => random() - 0.5)));
  const search = { queries: many.slice(0, asked), targets: many, k: 5, excluded: [...many.keys()] };
  const found = await findNeighbours(search);
  // The exact search of all would take longer than the rest of this file.
  const exact = exactNeighbours({ ...search, queries: many.slice(0, 300) }).targets;
  const same = exact.filter((target, at) => found.targets.subarray(at - (at % 5), at - (at % 5) + 5).includes(target));
  expect(same.length / exact.length).toBeGreaterThan(0.95);
});

it('asks more likeness of long texts, and of those that are like everything', () => {
  const like = (strange: number) => (others: readonly number[]) => (item: number) =>
    Float32Array.from(others, (other) => (item === strange || other === strange ? 0.1 : 0));
  const floor = chanceFloor([400, 400, 400, 400, 400, 20, 20], like(2));
  expect(floor(5, 6)).toBeLessThan(floor(0, 1));
  expect(floor(0, 2)).toBeCloseTo(floor(0, 1) + 0.1, 5);
});

it('has a floor for two items that are all there are', () => {
  const halves = (others: readonly number[]) => () => new Float32Array(others.length).fill(0.5);
  expect(chanceFloor([9, 9], halves)(0, 1)).toBeGreaterThan(0.5);
});
