// Which topics are an area, and by which of them it goes.
import { expect, test } from 'vitest';
import { normalise } from '../../../core/math/vectors.ts';
import { topicAreas } from '../../../workers/cluster/topic-areas.ts';

const topic = (broad: number, ...place: number[]) => ({ broad, centroid: normalise(Float32Array.from(place)) });

test('an area goes by the topic in its middle, whatever the order; a topic alone has none', () => {
  const [left, middle, right, alone] = [topic(7, 1, 0, 0), topic(7, 1, 1, 0), topic(7, 0, 1, 0), topic(2, 0, 0, 1)];
  expect(topicAreas([left, middle, alone, right])).toEqual([1, 1, null, 1]);
  expect(topicAreas([right, alone, left, middle])).toEqual([3, null, 3, 3]);
  expect(topicAreas([])).toEqual([]);
});
