// A broad topic is divided in the way that its topics are worth most.
import { expect, it } from 'vitest';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { divideTopics } from '../../../workers/cluster/divide-topics.ts';
import type { EdgeList } from '../../../workers/cluster/graph.ts';

/** 200 stories, ten of each of twenty subjects, five subjects a field: within a field they are somewhat alike, within a subject more. */
function broadTopic() {
  const random = seededRandom(11);
  const stories = Array.from({ length: 200 }, (_, at) => ({
    subject: Math.floor(at / 10),
    field: Math.floor(at / 50),
  }));
  const pairs = stories.flatMap((one, a) =>
    stories.slice(a + 1).flatMap((other, at) => {
      const likeness = one.subject === other.subject ? 0.5 : one.field === other.field ? 0.2 : 0.02;
      return random() < likeness ? [{ a, b: a + 1 + at, weight: likeness }] : [];
    }),
  );
  const edges: EdgeList = {
    a: Int32Array.from(pairs, ({ a }) => a),
    b: Int32Array.from(pairs, ({ b }) => b),
    weights: Float32Array.from(pairs, ({ weight }) => weight),
  };
  const vectors = stories.map(({ subject }) => normalise(Float32Array.from({ length: 20 }, (_, axis) => Number(axis === subject) + random() / 5))); // prettier-ignore
  return { stories: stories.map((_, at) => at), edges, vectors };
}

it('takes the best of its ways, and every story is in one topic', () => {
  const { stories, edges, vectors } = broadTopic();
  const divided = (worthOf: (topics: readonly (readonly number[])[]) => number, ways = 12) =>
    divideTopics([stories], { edges, vectors, ways, worthOf })[0]!;
  const many = divided(({ length }) => length);
  const few = divided(({ length }) => -length);
  expect(many.length).toBeGreaterThan(few.length);
  expect(divided(() => 0)).toEqual(divided(() => 0, 1));
  for (const topics of [many, few]) {
    expect(topics.flat().toSorted((a, b) => a - b)).toEqual(stories);
    expect(Math.max(...topics.map(({ length }) => length))).toBeLessThanOrEqual(45);
  }
});
