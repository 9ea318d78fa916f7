// What becomes of topics from week to week, which they are, and what they are called.
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { findTopics } from '../../../workers/cluster/find-topics.ts';
import { topicEvents, type TopicStories } from '../../../workers/cluster/topic-events.ts';
import { topicIdentities } from '../../../workers/cluster/topic-identity.ts';
import { labelTopics } from '../../../workers/cluster/labels.ts';
import { nameTopic } from '../../../workers/cluster/topic-name.ts';

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

describe('the identity of a topic', () => {
  const [east, west] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  it('stays with most of its stories, and comes back with its middle when they are all new', () => {
    const topics = [
      { members: [7, 7, 3, null], centroid: west },
      { members: [null, null], centroid: Float32Array.of(0.96, 0.28) },
      { members: [null], centroid: Float32Array.of(0.6, 0.8) },
    ];
    expect(topicIdentities(topics, [{ topicId: 4, centroid: east }])).toEqual([7, 4, null]);
  });

  it('is not claimed by one story among many', () => {
    const topics = [{ members: [7, 3, 3, 3, 3, 3], centroid: west }, { members: [7, 5, 5, 5, 5, 5, 5], centroid: west }]; // prettier-ignore
    expect(topicIdentities([...topics, { members: [3, 5, null, 8, 8, 8, 8, 8, 8, 8], centroid: west }], [])).toEqual([3, 5, 8]); // prettier-ignore
  });
});

it.each<[string, string[], string[], string]>([
  [
    'words of the titles in their order',
    ['model', 'diffusion', 'image'],
    ['Faster diffusion models for video'],
    'Diffusion models',
  ],
  ['two keywords when one word is all there is', ['space', 'nasa', 'orbit'], ['NASA and Space'], 'Space and NASA'],
  ['the keywords when no title holds one', ['speech', 'audio', 'asr'], ['Something else'], 'Speech and audio'],
  ['a pair that no title holds', ['australian open', 'seed', 'tennis'], ['Top seed is out'], 'Australian open'],
  ['no two words of one stem', ['athletes', 'athletics', 'medal'], [], 'Athletes and medal'],
  ['something when there is nothing', [], [], 'Other'],
])('a topic is called by %s', (...[, keywords, titles, name]) => {
  expect(nameTopic(keywords, titles)).toBe(name);
});

it('a topic whose name another has is told apart by its next keyword', () => {
  const name = nameTopic(['language models', 'speech'], [], new Set(['Language models']));
  expect(name).toBe('Language models and speech');
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
