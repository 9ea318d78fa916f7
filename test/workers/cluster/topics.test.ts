// What becomes of topics from week to week, which they are, and what they are called.
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { findTopics } from '../../../workers/cluster/find-topics.ts';
import { topicEvents, type TopicStories } from '../../../workers/cluster/topic-events.ts';
import { labelTopics } from '../../../workers/cluster/labels.ts';

const topic = (topicId: number, ...storyIds: number[]): TopicStories => ({ topicId, storyIds });
const before = [topic(1, 1, 2, 3, 4), topic(2, 5, 6, 7)];

describe('the events of a week', () => {
  it.each<[string, TopicStories[], TopicStories[], ReturnType<typeof topicEvents>]>([
    ['none in the first week', [], before, []],
    ['none when all stays', before, before, []],
    [
      'a topic of new stories is born',
      before,
      [...before, topic(3, 8, 9)],
      [{ topicId: 3, kind: 'born', otherId: null }],
    ],
    ['a topic that was here weeks ago is back', before, [...before, topic(9, 8, 9)], [{ topicId: 9, kind: 'returned', otherId: null }]], // prettier-ignore
    ['half of a topic is split off it', before, [topic(1, 1, 2), topic(2, 5, 6, 7), topic(3, 3, 4, 8)], [{ topicId: 3, kind: 'split', otherId: 1 }]], // prettier-ignore
    ['one story that moved is no split', before, [topic(1, 1, 2, 3), topic(2, 5, 6, 7), topic(3, 4, 8, 9)], [{ topicId: 3, kind: 'born', otherId: null }]], // prettier-ignore
    ['a topic whose stories are in another is merged', before, [topic(1, 1, 2, 3, 4, 5, 6, 7)], [{ topicId: 2, kind: 'merged', otherId: 1 }]], // prettier-ignore
    ['a topic without a story has faded', before, [topic(1, 3, 4)], [{ topicId: 2, kind: 'faded', otherId: null }]],
  ])('%s', (...[, last, now, events]) => {
    expect(topicEvents(last, now, new Set([9]))).toEqual(events);
  });
});

it('keywords are frequent in a topic and not in all, say something, and do not repeat a stem', () => {
  const about = (words: string) =>
    Array.from({ length: 4 }, () => ({ title: words, text: `people said results of ${words}` }));
  const [sports, space] = labelTopics([about('athletes athletics medal results'), about('orbit nasa results')]);
  expect(sports).toHaveLength(2);
  expect([...sports!, ...space!].join(' ')).not.toMatch(/people|said|results/);
});

it('leaves no topic under one in a hundred, and none that holds nearly everything', async () => {
  const random = seededRandom(3);
  const centres = Array.from({ length: 6 }, () => Float32Array.from({ length: 16 }, () => random() - 0.5));
  const around = (centre: Float32Array, spread: number) =>
    normalise(centre.map((value) => value + (random() - 0.5) * spread));
  const crowd = Array.from({ length: 240 }, (_, at) => around(centres[at % 2]!, 0.9));
  const others = Array.from({ length: 60 }, (_, at) => around(centres[2 + (at % 4)]!, 0.3));
  const sizes = (await findTopics([...crowd, ...others], Array(300).fill(''))).map((found) => found.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...sizes)).toBeLessThan(300 * 0.45);
});
