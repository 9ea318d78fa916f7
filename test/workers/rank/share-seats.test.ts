// Several interests and one letter: each gets its part, as far as it has stories.
import { expect, test } from 'vitest';
import { shareSeats, type SeatClaim } from '../../../workers/rank/share-seats.ts';

const nothingAlike = (): number => 0;
const none = undefined;

const table: [string, SeatClaim[], { count: number; chosen: number[] }][] = [
  ['two of equal weight take turns, the best of each first', [{ weight: 1, worths: [9, 8, 7, none, none] }, { weight: 1, worths: [none, none, none, 2, 1] }], { count: 4, chosen: [0, 3, 1, 4] }], // prettier-ignore
  ['one that has nothing left gives way', [{ weight: 1, worths: [9, 8, 7, none] }, { weight: 1, worths: [none, none, none, 2] }], { count: 4, chosen: [0, 3, 1, 2] }], // prettier-ignore
  ['twice the weight is twice the part', [{ weight: 2, worths: [6, 5, 4, 3, none, none] }, { weight: 1, worths: [none, none, none, none, 9, 8] }], { count: 6, chosen: [0, 4, 1, 2, 5, 3] }], // prettier-ignore
  [
    'a story that both want is taken once',
    [
      { weight: 1, worths: [2, 1] },
      { weight: 1, worths: [2, 1] },
    ],
    { count: 4, chosen: [0, 1] },
  ],
  ['no story is wanted', [{ weight: 1, worths: [none, none] }], { count: 2, chosen: [] }],
  ['nobody wants anything', [], { count: 2, chosen: [] }],
];
test.each(table)('%s', (_, claims, { count, chosen }) => {
  expect(shareSeats(claims, { count, similarity: nothingAlike })).toEqual(chosen);
});

test('of two that say the same, one makes room', () => {
  const similarity = (left: number, right: number): number => (left + right === 1 ? 1 : 0);
  expect(shareSeats([{ weight: 1, worths: [1, 0.95, 0.9, 0] }], { count: 2, similarity })).toEqual([0, 2]);
});
