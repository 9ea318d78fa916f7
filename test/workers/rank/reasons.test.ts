import { expect, test } from 'vitest';
import type { Facet } from '../../../workers/rank/profile.ts';
import { reasonFor } from '../../../workers/rank/reasons.ts';

const facets: Pick<Facet, 'kind' | 'label'>[] = [
  { kind: 'interest', label: 'speech' },
  { kind: 'like', label: 'Attention Is All You Need' },
  { kind: 'save', label: 'A Saved One' },
  { kind: 'click', label: 'An Opened One' },
  { kind: 'dislike', label: 'A Disliked One' },
];

test.each([
  ['the interest that moved it most', [2, 1.5, 0, 0, 0], 'because you follow speech'],
  ['a liked story', [1, 3, 0, 0, 0], 'because you liked Attention Is All You Need'],
  ['a saved story', [0, 0, 2, 0, 0], 'because you saved A Saved One'],
  ['an opened story', [0, 0, 0, 2, 0], 'because you opened An Opened One'],
  ['never what pushed it away', [0, 0, 0, 0, 4], "editors' choice"],
  ['nothing that hardly moved it', [0.9, 0.2, 0, 0, 0], "editors' choice"],
  ['nothing at all', [], "editors' choice"],
])('a reason names %s', (_, shares, reason) => {
  const causes = shares.map((share) => ({ share, hasWords: true }));
  expect(reasonFor(facets, causes)).toBe(reason);
});

test('a long title is cut at a word', () => {
  const label = 'word '.repeat(30).trim();
  const reason = reasonFor([{ kind: 'like', label }], [{ share: 2, hasWords: true }]);
  expect(reason).toMatch(/^because you liked (word )*word…$/);
  expect(reason.length).toBeLessThan(95);
});

test('a story without the words of an interest is only said to be close to it', () => {
  expect(reasonFor(facets, [{ share: 3, hasWords: false }])).toBe('close to what you follow: speech');
});
