import { expect, test } from 'vitest';
import type { RankableReader } from '../../../core/store/picks.ts';
import { countTerms } from '../../../workers/rank/bm25.ts';
import { preparePool, type PoolStory } from '../../../workers/rank/prepare-pool.ts';
import type { KnownStory, Lookup } from '../../../workers/rank/profile.ts';
import { rankReaders } from '../../../workers/rank/rank-readers.ts';
import { tokenize } from '../../../workers/rank/tokenize.ts';

const texts = [
  'Scaling laws for language models',
  'Speech recognition with weak supervision',
  'Diffusion models draw images',
  'A voice codec for speech at low bit rates',
  'Proofs checked by machine',
  'Robots learn to fold shirts',
];
const editorPicks = [1, 2];
/** Stories 11 to 16 in the editors' order; their vectors all stand apart. */
const stories = texts.map((text, place): PoolStory => {
  return { storyId: 11 + place, terms: tokenize(text), vectors: [unit(place)] };
});
const now = new Date('2026-11-21T06:00:00Z');

function unit(place: number): Float32Array {
  return new Float32Array(texts.length).fill(1, place, place + 1);
}

function rank(
  reader: Partial<RankableReader>,
  known: Record<number, KnownStory> = {},
  { pool = stories, vectorOf = () => undefined }: { pool?: PoolStory[]; vectorOf?: Lookup['vectorOf'] } = {},
) {
  const prepared = preparePool(pool);
  const lookup: Lookup = { now, vectorOf, storyOf: (storyId) => known[storyId] };
  const readers = [{ id: 1, length: 5, interests: [], signals: [], exposed: [], ...reader }];
  return rankReaders(readers, { pool: prepared, editorPicks, lookup })[0]!;
}

const idsOf = ({ stories: picks }: ReturnType<typeof rank>): number[] => picks.map(({ storyId }) => storyId);

test('a reader without interests gets the editors picks, then the pool in their order', () => {
  const ranked = rank({});
  expect(idsOf(ranked)).toEqual([1, 2, 11, 12, 13]);
  expect(ranked.stories.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['editor', null],
    ['editor', null],
    ['personal', "editors' choice"],
    ['personal', "editors' choice"],
    ['personal', "editors' choice"],
  ]);
});

test('an interest brings its stories first, and the reason names it', () => {
  const ranked = rank({ interests: ['speech'] });
  expect(new Set(idsOf(ranked).slice(2, 4))).toEqual(new Set([12, 14]));
  expect(ranked.stories.slice(2).map(({ reason }) => reason)).toEqual([
    'because you follow speech',
    'because you follow speech',
    "editors' choice",
  ]);
});

test('each of two interests gets its story and its reason', () => {
  const ranked = rank({ length: 4, interests: ['robots', 'machine proofs'] });
  expect(new Map(ranked.stories.slice(2).map(({ storyId, reason }) => [storyId, reason]))).toEqual(
    new Map([
      [16, 'because you follow robots'],
      [15, 'because you follow machine proofs'],
    ]),
  );
});

test('an interest without a common word finds its story by meaning', () => {
  const ranked = rank({ length: 3, interests: ['audio'] }, {}, { vectorOf: () => unit(3) });
  expect(ranked.stories.at(-1)).toMatchObject({ storyId: 14, reason: 'close to what you follow: audio' });
});

test('a like brings what is similar, a dislike of the same takes it away', () => {
  const known = { 90: { title: 'Whisper', terms: countTerms(tokenize('robust speech recognition')), vector: unit(1) } };
  const signal = { storyId: 90, at: now };
  const liked = rank({ length: 3, signals: [{ ...signal, kind: 'like' }] }, known);
  expect(liked.stories.at(-1)).toMatchObject({ storyId: 12, reason: 'because you liked Whisper' });
  const disliked = rank({ length: 8, signals: [{ ...signal, kind: 'dislike' }] }, known);
  expect(disliked.stories.at(-1)).toMatchObject({ storyId: 12, reason: "editors' choice" });
});

test('a story shown before is not picked again, by nobody', () => {
  expect(idsOf(rank({ interests: ['speech'], exposed: [1, 12] }))).not.toEqual(expect.arrayContaining([1]));
  expect(idsOf(rank({ interests: ['speech'], exposed: [1, 12], length: 40 }))).toEqual([2, 14, 11, 13, 15, 16]);
});

test('a disliked story is not picked again, either', () => {
  const known = { 12: { title: texts[1]!, terms: countTerms(stories[1]!.terms), vector: unit(1) } };
  expect(idsOf(rank({ length: 40, signals: [{ storyId: 12, kind: 'dislike', at: now }] }, known))).not.toContain(12);
});

test('of three stories that say the same, one makes room for another matter', () => {
  const same = (storyId: number): PoolStory => ({ storyId, terms: tokenize('speech codec'), vectors: [unit(0)] });
  const other: PoolStory = { storyId: 34, terms: tokenize('speech for robots'), vectors: [unit(1)] };
  const filler: PoolStory = { storyId: 35, terms: tokenize('poems about cats'), vectors: [unit(2)] };
  const ranked = rank(
    { length: 4, interests: ['speech'] },
    {},
    { pool: [same(31), same(32), same(33), other, filler] },
  );
  expect(idsOf(ranked)).toEqual([1, 2, 31, 34]);
});

test.each([
  ['the length counts all picks', { length: 4 }, 4],
  ['every reader gets the editors picks, however short their mail', { length: 1 }, 2],
  ['a small pool is all there is', { length: 40 }, 8],
])('%s', (_, reader, count) => {
  expect(rank(reader).stories).toHaveLength(count);
});

test('an empty pool leaves the editors picks', () => {
  expect(idsOf(rank({ interests: ['speech'] }, {}, { pool: [] }))).toEqual([1, 2]);
});

test('the profile that is kept says what was known, without vectors', () => {
  const known = { 90: { title: 'Whisper', terms: countTerms(['speech']), vector: unit(1) } };
  const at = new Date(now.getTime() - 60 * 86_400_000);
  expect(rank({ interests: ['speech'], signals: [{ storyId: 90, kind: 'save', at }] }, known).profile).toEqual({
    facets: [
      { kind: 'interest', words: 'speech', weight: 1 },
      { kind: 'save', storyId: 90, weight: 0.4 },
    ],
  });
});
