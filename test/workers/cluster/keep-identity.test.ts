import { expect, it } from 'vitest';
import { keepIdentity } from '../../../workers/cluster/keep-identity.ts';

it.each<[string, (number | null)[][], number[], (number | null)[]]>([
  ['what nobody knew is new', [[null], [null, null]], [], [null, null]],
  ['what stayed together keeps its id', [[7, 7], [3]], [], [7, 3]],
  ['of two that merge, the larger gives the id', [[7, 3, 3]], [], [3]],
  ['of two halves, the larger keeps the id and the other is new', [[7], [7, 7]], [], [null, 7]],
  ['equal halves: the first keeps the id', [[7], [7]], [], [7, null]],
  ['what readers were promised comes before what is larger', [[7, 3, 3]], [7], [7]],
  [
    'a group takes its second claim when the first is taken',
    [
      [7, 7],
      [7, 3],
    ],
    [],
    [7, 3],
  ],
])('%s', (...[, groups, firm, kept]) => {
  expect(keepIdentity(groups, new Map(firm.map((id) => [id, 1])))).toEqual(kept);
});
