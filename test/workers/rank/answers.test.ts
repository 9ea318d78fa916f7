// What answers to "this or that?" weigh: a surprise more than what was foreseen, the old less than the new, the repeated little.
import { expect, test } from 'vitest';
import type { PairChoice } from '../../../core/store/pairs.ts';
import { weighAnswers } from '../../../workers/rank/answers.ts';
import { fitBradleyTerry } from '../../../workers/rank/bradley-terry.ts';
import type { KnownStory } from '../../../workers/rank/profile.ts';

const now = new Date('2026-11-21T06:00:00Z');
const day = 86_400_000;
const axis = (place: number): Float32Array => new Float32Array(8).fill(1, place, place + 1);
const stories = new Map(Array.from({ length: 8 }, (_, id): [number, KnownStory] => [id, { title: `Story ${id}`, terms: new Map(), vector: axis(id) }])); // prettier-ignore
const answer = (chosenId: number, otherId: number, alone = 0): PairChoice => ({ chosenId, otherId, alone, at: now });
const weigh = (...answers: PairChoice[]) => weighAnswers(answers, { storyOf: (id) => stories.get(id), now }).map(({ storyId, weight }) => ({ storyId, weight })); // prettier-ignore

test('the chosen one counts as much for as the other one against', () => {
  const [chosen, other] = weigh(answer(1, 2));
  expect([chosen!.storyId, other!.storyId]).toEqual([1, 2]);
  expect(chosen!.weight).toBeCloseTo(-other!.weight, 10);
  // weight = 1 / (1 + exp(2 weight)): the directions are 2 apart, squared.
  expect(chosen!.weight).toBeCloseTo(1 / (1 + Math.exp(2 * chosen!.weight)), 2);
  expect(chosen!.weight).toBeGreaterThan(0.25);
  expect(chosen!.weight).toBeLessThan(0.4);
});

test('what was foreseen teaches less than what was not', () => {
  const [foreseen, even, surprising] = [2, 0, -2].map((alone) => weigh(answer(1, 2, alone))[0]!.weight);
  expect(foreseen!).toBeLessThan(even! / 2);
  expect(surprising!).toBeGreaterThan(even! * 1.2);
  expect(surprising!).toBeLessThan(1);
});

test('two answers that say the same share it, two that contradict each other nearly cancel', () => {
  const once = weigh(answer(1, 2))[0]!.weight;
  const twice = weigh(answer(1, 2), answer(1, 2));
  expect(twice[0]!.weight).toBeLessThan(once);
  expect(twice[0]!.weight + twice[2]!.weight).toBeGreaterThan(once);
  const both = weigh(answer(1, 2), answer(2, 1));
  // For story 1 speaks the first, against it the second.
  expect(both[0]!.weight + both[3]!.weight).toBeCloseTo(0, 5);
});

test('after sixty days half is left; a story that is gone or has no vector says nothing wrong', () => {
  const [fresh, old] = [
    weigh(answer(1, 2))[0]!.weight,
    weigh({ ...answer(1, 2), at: new Date(now.getTime() - 60 * day) })[0]!.weight,
  ];
  expect(old).toBeCloseTo(fresh / 2, 5);
  expect(weigh(answer(1, 99))).toEqual([]);
  const bare = weighAnswers([answer(1, 2)], { storyOf: (id) => ({ ...stories.get(id)!, vector: undefined }), now });
  expect(bare.map(({ weight }) => weight)).toEqual([0.5, -0.5].map((weight) => expect.closeTo(weight, 2)));
  expect(weigh()).toEqual([]);
});

test('the fit finds the weights under which the given orders are likeliest', () => {
  // Three of four put the one with the feature first: the maximum is at log(3), less what the ridge takes.
  const differences = [1, 1, 1, -1].map((by) => ({ at: [0], by: [by] }));
  expect(fitBradleyTerry(differences, { size: 1, ridge: 1e-6 })[0]).toBeCloseTo(Math.log(3), 2);
  expect(fitBradleyTerry(differences, { size: 1, ridge: 1e-6, offsets: [1, 1, 1, -1] })[0]).toBeCloseTo(Math.log(3) - 1, 2); // prettier-ignore
});
