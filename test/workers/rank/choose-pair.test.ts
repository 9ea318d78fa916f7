// Which two stories a letter asks about: close in score, far apart in matter, of different topics; one pair in four by lot.
import { expect, test } from 'vitest';
import { choosePair, type PairCandidate } from '../../../workers/rank/choose-pair.ts';

const candidate = (index: number, score: number, topic: string | null = `topic ${index}`): PairCandidate => ({ index, score, topic }); // prettier-ignore
const apart = (count: number): number[][] => Array.from({ length: count }, (_, at) => Array.from({ length: count }, (_one, other) => (at === other ? 1 : 0))); // prettier-ignore
const seeds = Array.from({ length: 400 }, (_, seed) => seed * 2_654_435_761);

/** The pairs that are not drawn by lot, as they are told. */
function chosenOf(candidates: PairCandidate[], likenesses = apart(candidates.length)): Set<string> {
  const chosen = seeds.map((seed) => choosePair({ candidates, likenesses, seed })!).filter(({ byLot }) => !byLot);
  return new Set(chosen.map(({ left, right }) => [left.index, right.index].toSorted((a, b) => a - b).join(' ')));
}

test('the two closest in score, of different topics', () => {
  expect(chosenOf([candidate(1, 3), candidate(2, 2), candidate(3, 1.9), candidate(4, 0.5)])).toEqual(new Set(['2 3']));
  const same = [candidate(1, 3), candidate(2, 2, 'speech'), candidate(3, 1.9, 'speech'), candidate(4, 1.5)];
  expect(chosenOf(same)).toEqual(new Set(['3 4']));
});

test('of pairs as close those that are least alike', () => {
  const likenesses = apart(3);
  likenesses[0]![1] = likenesses[1]![0] = 0.9;
  expect(chosenOf([candidate(1, 1), candidate(2, 1), candidate(3, 1)], likenesses)).toEqual(new Set(['1 3']));
});

test('none where no two are of different topics, or two are the same in all but name', () => {
  const of = (candidates: PairCandidate[], likenesses?: number[][]) => seeds.map((seed) => choosePair({ candidates, likenesses: likenesses ?? apart(candidates.length), seed })); // prettier-ignore
  expect(new Set(of([]))).toEqual(new Set([undefined]));
  expect(new Set(of([candidate(1, 1)]))).toEqual(new Set([undefined]));
  expect(new Set(of([candidate(1, 1, 'speech'), candidate(2, 1, 'speech')]))).toEqual(new Set([undefined]));
  expect(new Set(of([candidate(1, 1), candidate(2, 1)], [[1, 1], [1, 1]]))).toEqual(new Set([undefined])); // prettier-ignore
});

test('one in four is drawn among all, either may stand left, and the same seed asks the same', () => {
  const candidates = [candidate(1, 3), candidate(2, 2), candidate(3, 1.9), candidate(4, 0.5)];
  const likenesses = apart(4);
  const chosen = seeds.map((seed) => choosePair({ candidates, likenesses, seed })!);
  const drawn = chosen.filter(({ byLot }) => byLot);
  expect(drawn.length / seeds.length).toBeGreaterThan(0.18);
  expect(drawn.length / seeds.length).toBeLessThan(0.32);
  expect(new Set(drawn.map(({ left, right }) => [left.index, right.index].toSorted((a, b) => a - b).join(' '))).size).toBe(6); // prettier-ignore
  const better = chosen.filter(({ left, right }) => left.score > right.score).length;
  expect(better / seeds.length).toBeGreaterThan(0.4);
  expect(better / seeds.length).toBeLessThan(0.6);
  expect(seeds.map((seed) => choosePair({ candidates, likenesses, seed }))).toEqual(chosen);
});
