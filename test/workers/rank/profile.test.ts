import { expect, test } from 'vitest';
import { indexDocuments } from '../../../workers/rank/bm25.ts';
import { buildProfile, keyTerms, type ProfileSources, type ProfileInput } from '../../../workers/rank/profile.ts';

const now = new Date('2026-11-21T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const index = indexDocuments([['speech', 'model'], ['image', 'model'], ['model']]);
const lookup: ProfileSources = {
  now,
  vectorOf: (words) => (words === 'speech' ? Float32Array.of(1, 0) : undefined),
  storyOf: (storyId) =>
    storyId < 10 ? { title: `Story ${storyId}`, terms: new Map([['speech', 1]]), vector: undefined } : undefined,
};
const facetsOf = (input: Partial<ProfileInput>) => buildProfile({ interests: [], signals: [], ...input }, lookup);

test('each interest is a facet of its own, with its words and its vector', () => {
  const facets = facetsOf({ interests: ['speech', 'Image models'] });
  expect(facets.map(({ label, weight, vector }) => [label, weight, vector !== undefined])).toEqual([
    ['speech', 1, true],
    ['Image models', 1, false],
  ]);
  expect([...facets[1]!.terms]).toEqual([
    ['imag', 1],
    ['model', 1],
  ]);
});

test('a work that was brought along is as good as a like of the same story, and none where it is not known yet', () => {
  const known = { title: 'Speech at home', terms: new Map([['speech', 1]]), vector: Float32Array.of(1, 0) };
  const work = { title: known.title, text: '', at: daysAgo(60) };
  const [brought] = buildProfile({ interests: [], signals: [], brought: [work] }, { ...lookup, workOf: () => known });
  const [liked] = buildProfile({ interests: [], signals: [{ storyId: 3, kind: 'like', at: work.at }] }, { ...lookup, storyOf: () => known }); // prettier-ignore
  expect({ ...brought, storyId: 3 }).toEqual(liked);
  expect(facetsOf({ brought: [work] })).toEqual([]);
});

test('an interest weighs what its reader says', () => {
  const facets = facetsOf({ interests: ['speech', 'Image models'], interestWeights: [30, 100] });
  expect(facets.map(({ weight }) => weight)).toEqual([0.3, 1]);
});

test.each<[string, ProfileInput['signals'], [string, number][]]>([
  ['a like of today counts in full', [{ storyId: 1, kind: 'like', at: now }], [['like', 1]]],
  ['a like of two months ago counts half', [{ storyId: 1, kind: 'like', at: daysAgo(60) }], [['like', 0.5]]],
  ['a clock that runs ahead gives no more than today', [{ storyId: 1, kind: 'like', at: daysAgo(-9) }], [['like', 1]]],
  ['a dislike pushes away', [{ storyId: 1, kind: 'dislike', at: now }], [['dislike', -1]]],
  [
    'a dislike wins over a like of the same story, whatever their order',
    [
      { storyId: 1, kind: 'like', at: now },
      { storyId: 1, kind: 'dislike', at: daysAgo(1) },
      { storyId: 1, kind: 'save', at: now },
    ],
    [['dislike', -(0.5 ** (1 / 60))]],
  ],
  [
    'a story opened, then saved, counts once, as saved',
    [
      { storyId: 1, kind: 'click', at: now },
      { storyId: 1, kind: 'save', at: now },
    ],
    [['save', 0.8]],
  ],
  ['a story nobody knows any more is left out', [{ storyId: 10, kind: 'like', at: now }], []],
])('%s', (_, signals, expected) => {
  expect(facetsOf({ signals }).map(({ kind, weight }) => [kind, weight])).toEqual(expected);
});

test('the key terms of a text are its rare ones, known to the index, the first with weight 1', () => {
  const terms = keyTerms(['model', 'model', 'speech', 'zebra'], index, 2);
  expect([...terms.keys()]).toEqual(['speech', 'model']);
  expect(terms.get('speech')).toBe(1);
  expect(terms.get('model')).toBeLessThan(1);
});
