// The pure parts of the search: binary vectors and their nearest, spellings, fusion, the sentence that answers.
import { describe, expect, test } from 'vitest';
import { fuseRanks } from '../../../core/search/fuse-ranks.ts';
import { matchingSentence } from '../../../core/search/matching-sentence.ts';
import { createBinaryIndex, binarise } from '../../../core/search/binary-index.ts';
import type { RowFilter } from '../../../core/store/search-hits.ts';
import { deletesOf, isSpelled, nearestSpellings } from '../../../core/search/spellings.ts';
import { configOf, searchedWords } from '../../../core/search/words.ts';
import { gaussian, seededRandom } from '../../../core/math/seeded-random.ts';

describe('the binary index', () => {
  const random = seededRandom(3);
  const vectors = Array.from({ length: 500 }, () => Float32Array.from({ length: 70 }, () => gaussian(random)));
  const signed = (at: number, vector: Float32Array) => ({
    itemId: at,
    segment: at % 3,
    kind: at % 2 === 0 ? ('paper' as const) : ('video' as const),
    sourceId: at % 5,
    year: 2020 + (at % 7),
    bits: binarise(vector),
  });
  const differing = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, at) => sum + Number(value > 0 !== b[at]! > 0), 0);

  test('the nearest are those with the fewest differing bits, in order', () => {
    const store = createBinaryIndex();
    for (const [at, vector] of vectors.entries()) store.set(signed(at, vector));
    const asked = vectors[77]!;
    const expected = vectors
      .map((vector, at) => ({ at, differs: differing(vector, asked) }))
      .toSorted((a, b) => a.differs - b.differs || a.at - b.at)
      .map(({ at }) => ({ itemId: at, segment: at % 3 }));
    expect(store.nearest(binarise(asked), 20)).toEqual(expected.slice(0, 20));
    expect(store.nearest(binarise(asked), 1_000)).toEqual(expected);
    const passing = (passes: (at: number) => boolean) => expected.filter(({ itemId }) => passes(itemId)).slice(0, 20);
    const filtered = (filter: RowFilter) => store.nearest(binarise(asked), 20, filter);
    expect(filtered({ kind: 'video' })).toEqual(passing((at) => at % 2 === 1));
    expect(filtered({ sourceId: 3 })).toEqual(passing((at) => at % 5 === 3));
    expect(filtered({ year: 2024, kind: 'paper' })).toEqual(passing((at) => at % 7 === 4 && at % 2 === 0));
    expect(filtered({ items: [3, 8] })).toEqual(passing((at) => at === 3 || at === 8));
    expect(filtered({ kind: 'digest' })).toEqual([]);
  });

  test('a row is replaced, not added twice; other lengths are refused, and an empty store has nothing', () => {
    const store = createBinaryIndex();
    expect(store.nearest(binarise(vectors[0]!), 3)).toEqual([]);
    store.set(signed(1, vectors[0]!));
    store.set(signed(1, vectors[1]!));
    store.set(signed(2, vectors[0]!));
    expect(store.size).toBe(2);
    expect(store.nearest(binarise(vectors[0]!), 2).map(({ itemId }) => itemId)).toEqual([2, 1]);
    expect(() => store.set(signed(3, new Float32Array(200)))).toThrow(RangeError);
  });
});

describe('spellings', () => {
  const shares = (a: string, b: string): boolean => deletesOf(a).some((hash) => deletesOf(b).includes(hash));

  test.each([
    ['bengoi', 'bengio'],
    ['vasvani', 'vaswani'],
    ['schmidhuberr', 'schmidhuber'],
    ['hinon', 'hinton'],
    ['müller', 'muller'],
  ])('%s finds %s', (typed, name) => {
    expect(shares(typed, name)).toBe(true);
    expect(nearestSpellings(typed, [name, 'something'])).toEqual([name]);
  });

  test('what is two changes away from a short word is another word', () => {
    expect(nearestSpellings('lamp', ['bump'])).toEqual([]);
    expect(nearestSpellings('word', [])).toEqual([]);
  });

  test('numbers, very short and very long words are not respelled', () => {
    expect(['abc', 'gpt4', 'a'.repeat(21)].map(isSpelled)).toEqual([false, false, false]);
    expect(['bert', 'ström'].map(isSpelled)).toEqual([true, true]);
  });
});

test('ranks are joined by the sum of their reciprocals', () => {
  expect(
    fuseRanks([
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]),
  ).toEqual(['b', 'a', 'd', 'c']);
  expect(fuseRanks([])).toEqual([]);
});

describe('the sentence that answers', () => {
  test('has the most words of the question, whatever their ending, and says where it stands', () => {
    const text = 'Nothing here. Models embed words. A model embeds sentences and words.';
    const found = matchingSentence(text, ['embedding', 'sentence'])!;
    expect(text.slice(found.start, found.end)).toBe('A model embeds sentences and words.');
    expect(found.pieces.filter(({ isHit }) => isHit).map(({ text: hit }) => hit)).toEqual(['embeds', 'sentences']);
    expect(found.pieces.map(({ text: piece }) => piece).join('')).toBe('A model embeds sentences and words.');
  });

  test('is the first when none has any, and cut round the first hit when it goes on for ever', () => {
    expect(matchingSentence('One. Two.', ['three'])!.pieces).toEqual(
      [{ text: 'One. ', isHit: false }].map((piece) => ({ ...piece, text: 'One.' })),
    );
    expect(matchingSentence('', ['x'])).toBeUndefined();
    const shown = matchingSentence(`${'word '.repeat(500)}needle ${'word '.repeat(500)}`, ['needle'])!
      .pieces.map(({ text }) => text)
      .join('');
    expect(shown).toContain('needle');
    expect(shown.length).toBeLessThan(400);
  });
});

test('Chinese is cut into pairs, other scripts into words; languages have their configuration or none', () => {
  expect(searchedWords('State-of-the-art 大语言')).toEqual(['state', 'of', 'the', 'art', '大语', '语言']);
  expect([configOf('en-GB'), configOf('DE'), configOf('zh'), configOf('')]).toEqual([
    'english',
    'german',
    'simple',
    'simple',
  ]);
});
