import { expect, it } from 'vitest';
import { cosineFloor } from '../../../workers/cluster/floor.ts';
import { cosine, nearestNeighbours } from '../../../workers/cluster/knn.ts';
import { normalise } from '../../../workers/embed/embedder.ts';
import { seededRandom } from '../../../workers/embed/seeded-random.ts';

const random = seededRandom(7);
const vectors = Array.from({ length: 60 }, () => normalise(Float32Array.from({ length: 16 }, () => random() - 0.5)));
const itself = [...vectors.keys()];

it('finds the same neighbours as sorting everything does', () => {
  const { targets, cosines } = nearestNeighbours(vectors, vectors, { k: 5, excluded: itself });
  vectors.forEach((vector, query) => {
    const sorted = vectors
      .map((other, target) => ({ target, cosine: cosine(vector, other) }))
      .filter(({ target }) => target !== query)
      .toSorted((a, b) => b.cosine - a.cosine)
      .slice(0, 5);
    expect([...targets.subarray(query * 5, query * 5 + 5)]).toEqual(sorted.map(({ target }) => target));
    expect(cosines[query * 5]).toBeCloseTo(sorted[0]!.cosine, 5);
  });
});

it('marks the places of neighbours that do not exist', () => {
  const two = vectors.slice(0, 2);
  expect([...nearestNeighbours(two, two, { k: 3, excluded: itself }).targets]).toEqual([1, -1, -1, 0, -1, -1]);
});

it('keeps the floor where it is when a tenth of the items is published twice', () => {
  const twice = [...vectors, ...vectors.slice(0, 6)];
  expect(Math.abs(cosineFloor(twice, 2) - cosineFloor(vectors, 2))).toBeLessThan(0.05);
});

it('has a floor for no item, and for one', () => {
  expect(cosineFloor([], 4)).toBe(0.25);
  expect(cosineFloor(vectors.slice(0, 1), 4)).toBe(0.25);
});
