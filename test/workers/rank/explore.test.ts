import { expect, test } from 'vitest';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { chooseExploration, drawBeta, type Exploration } from '../../../workers/rank/explore.ts';

const sections = ['talks', 'tools', 'papers'];
const sectionOf = (storyId: number): string => sections[storyId % 3]!;
const choices = (outcomes: Exploration['outcomes']): number[] =>
  Array.from({ length: 600 }, (_, reader) =>
    chooseExploration([7, 5, 3, 4, 8, 6], reader, { issueNumber: 4, sectionOf, outcomes })!,
  );
const share = (chosen: number[], storyId: number): number =>
  chosen.filter((one) => one === storyId).length / chosen.length;

test('of each section the best story may be chosen, and without outcomes each as often', () => {
  const chosen = choices([]);
  expect(new Set(chosen)).toEqual(new Set([7, 5, 3]));
  for (const storyId of [7, 5, 3]) expect(share(chosen, storyId)).toBeCloseTo(1 / 3, 1);
});

test('a section that was answered is explored more, one that was ignored less', () => {
  const chosen = choices([
    { section: 'papers', shown: 40, answered: 12 },
    { section: 'tools', shown: 40, answered: 0 },
  ]);
  expect(share(chosen, 5)).toBeGreaterThan(0.7);
  expect(share(chosen, 7)).toBeLessThan(0.1);
});

test('the same reader and issue explore the same, another reader something else', () => {
  expect(choices([])).toEqual(choices([]));
  expect(new Set(choices([])).size).toBeGreaterThan(1);
});

test('where nothing is left, nothing is explored', () => {
  expect(chooseExploration([], 1, { issueNumber: 4, sectionOf, outcomes: [] })).toBeUndefined();
});

test('draws have the mean and the spread of the Beta distribution', () => {
  const random = seededRandom(9);
  const draws = Array.from({ length: 20_000 }, () => drawBeta(2, 6, random));
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  expect(mean).toBeCloseTo(2 / 8, 2);
  expect(variance).toBeCloseTo((2 * 6) / (8 * 8 * 9), 3);
});
