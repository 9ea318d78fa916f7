// Which stories muted phrases take out: by whole words of one title.
import { expect, test } from 'vitest';
import { withoutMuted } from '../../core/muted-stories.ts';

const stories = ['Blockchains for all', 'Proof of work', 'Work, proof-of-concept', 'Café culture', '区块链综述'].map((title) => ({ items: [{ title }] })); // prettier-ignore
const left = (...phrases: string[]) => withoutMuted(stories, phrases).map(({ items }) => items[0]!.title);

test.each([
  [[], 5],
  [['blockchain'], 5],
  [['blockchain*'], 4],
  [['PROOF OF'], 3],
  [['cafe'], 4],
  [['区块链'], 4],
  [['proof of work', 'work'], 3],
])('%j leaves %i', (phrases, count) => {
  expect(left(...phrases)).toHaveLength(count);
});

test('a phrase is in one title, not across two of a story', () => {
  const two = [{ items: [{ title: 'The proof' }, { title: 'Of nothing' }] }];
  expect(withoutMuted(two, ['proof of'])).toEqual(two);
  expect(withoutMuted(two, ['nothing'])).toEqual([]);
});
