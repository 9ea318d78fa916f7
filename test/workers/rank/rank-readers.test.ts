import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../core/readers/reader-rules.ts';
import type { Card } from '../../../core/store/issue-content.ts';
import { pickLine } from '../../../core/letter/pick-words.ts';
import type { RankableReader } from '../../../core/store/picks.ts';
import { countTerms } from '../../../core/text/term-vectors.ts';
import type { PoolStory } from '../../../workers/rank/lay-rows.ts';
import { preparePool } from '../../../workers/rank/prepare-pool.ts';
import type { KnownStory, ProfileSources } from '../../../workers/rank/profile.ts';
import { rankReaders } from '../../../workers/rank/rank-readers.ts';
import { createRuling } from '../../../workers/rank/rules.ts';
import { placeTerms, tokenize } from '../../../core/text/stemmed-terms.ts';

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
  return storyOf(11 + place, text, place);
});
const now = new Date('2026-11-21T06:00:00Z');

function storyOf(storyId: number, title: string, place: number): PoolStory {
  return { storyId, terms: tokenize(title), words: { title: placeTerms(title), text: placeTerms('') }, vectors: [unit(place)] }; // prettier-ignore
}

function unit(place: number): Float32Array {
  return new Float32Array(texts.length).fill(1, place, place + 1);
}

function card(storyId: number, title: string): Card {
  return { storyId, number: 1, section: 'publications', role: 'pool', kind: 'paper', title, url: '', source: 'arXiv', authors: [], lang: 'en', topic: null, minutes: null, summary: [], also: [], imageUrl: null }; // prettier-ignore
}

async function rank(
  reader: Partial<RankableReader>,
  known: Record<number, KnownStory> = {},
  { pool = stories, vectorOf = () => undefined }: { pool?: PoolStory[]; vectorOf?: ProfileSources['vectorOf'] } = {},
) {
  const prepared = preparePool(pool);
  const lookup: ProfileSources = { now, vectorOf, storyOf: (storyId) => known[storyId] };
  const readers = [{ id: 1, length: 5, interests: [], rules: [], signals: [], exposed: [], updated: [], ...reader }];
  const rulingOf = createRuling([card(1, 'Attention'), card(2, 'Evaluation'), ...texts.map((text, place) => card(11 + place, text))], []); // prettier-ignore
  return (await rankReaders(readers, { pool: prepared, editorPicks, lookup, rulingOf }))[0]!;
}

const idsOf = ({ stories: picks }: Awaited<ReturnType<typeof rank>>): number[] => picks.map(({ storyId }) => storyId);

test('a reader without interests gets the editors picks, then the pool in their order', async () => {
  const ranked = await rank({});
  expect(idsOf(ranked)).toEqual([1, 2, 11, 12, 13]);
  expect(ranked.stories.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['editor', { code: 'suggested' }],
    ['editor', { code: 'suggested' }],
    ['personal', { code: 'news' }],
    ['personal', { code: 'news' }],
    ['personal', { code: 'news' }],
  ]);
});

test('an interest brings its stories first, and the reason names it', async () => {
  const ranked = await rank({ interests: ['speech'] });
  expect(new Set(idsOf(ranked).slice(2, 4))).toEqual(new Set([12, 14]));
  expect(ranked.stories.slice(2).map((pick) => pickLine(pick))).toEqual([
    "matches 'speech'",
    "matches 'speech'",
    'new this week',
  ]);
});

test('each of two interests gets its story and its reason', async () => {
  const ranked = await rank({ length: 4, interests: ['robots', 'machine proofs'] });
  expect(new Map(ranked.stories.slice(2).map((pick) => [pick.storyId, pickLine(pick)]))).toEqual(
    new Map([
      [16, "matches 'robots'"],
      [15, "matches 'machine proofs' in “proofs … machine”"],
    ]),
  );
});

test('an interest without a common word finds its story by meaning', async () => {
  const ranked = await rank({ length: 3, interests: ['audio'] }, {}, { vectorOf: () => unit(3) });
  expect(ranked.stories.at(-1)).toMatchObject({ storyId: 14, reason: { code: 'close', words: 'audio' } });
});

test('a like brings what is similar, a dislike of the same takes it away', async () => {
  const known = { 90: { title: 'Whisper', terms: countTerms(tokenize('robust speech recognition')), vector: unit(1) } };
  const signal = { storyId: 90, at: now };
  const liked = await rank({ length: 3, signals: [{ ...signal, kind: 'like' }] }, known);
  expect(liked.stories.at(-1)).toMatchObject({
    storyId: 12,
    reason: { code: 'signal', signal: 'like', title: 'Whisper' },
  });
  const disliked = await rank({ length: 8, signals: [{ ...signal, kind: 'dislike' }] }, known);
  expect(disliked.stories.at(-1)).toMatchObject({ storyId: 12, reason: { code: 'news' } });
});

test('a story in the topic of a liked one says so, though they have no word in common, and one of another topic does not', async () => {
  const vector = unit(1).map((value, at) => (at === 4 ? 0.25 : value * 0.97));
  const known = { 90: { title: 'Whisper', topic: 'Audits', terms: new Map<string, number>(), vector } };
  const pool = stories.map((story, at) => ({ ...story, topic: at === 4 || at === 0 ? 'Audits' : '' }));
  const ranked = await rank({ length: 8, signals: [{ storyId: 90, kind: 'like', at: now }] }, known, { pool });
  const lines = new Map(ranked.stories.map((pick) => [pick.storyId, pickLine(pick)]));
  expect(lines.get(12)).toBe('like Whisper, which you liked');
  expect(lines.get(15)).toBe('in Audits, like Whisper, which you liked');
  // The like did not move it up, but it is in that topic, too: that says more than that it is new.
  expect(lines.get(11)).toBe('in Audits, like Whisper, which you liked');
  expect(lines.get(13)).toBe('new this week');
});

describe('what somebody wrote down', () => {
  const signalOn = (
    title: string,
    { storyId = 90, place = 0, kind }: { storyId?: number; place?: number; kind: 'like' | 'dislike' },
  ) => ({
    known: { [storyId]: { title, terms: countTerms(tokenize(title)), vector: unit(place) } },
    signal: { storyId, kind, at: now },
  });
  const speech = [0, 1, 2, 3].map((at) => storyOf(31 + at, `Speech ${['codecs', 'synthesis', 'corpora', 'enhancement'][at]}`, at)); // prettier-ignore
  const robots = [0, 1, 2, 3].map((at) => storyOf(41 + at, `Robots ${['fold', 'walk', 'grasp', 'learn'][at]}`, 4));
  const filler = Array.from({ length: 20 }, (_, at) => storyOf(51 + at, `Poem ${at}`, 5));
  const pool = [...filler, ...robots, ...speech];

  test('keeps half of the letter beside any number of likes of something else', async () => {
    const likes = [
      signalOn('Robots fold shirts', { place: 4, kind: 'like' }),
      signalOn('Robots walk far', { storyId: 91, place: 4, kind: 'like' }),
    ];
    const known = Object.assign({}, ...likes.map((like) => like.known)) as Record<number, KnownStory>;
    const signals = likes.map(({ signal }) => signal);
    const ranked = await rank({ length: 10, interests: ['speech'], signals }, known, { pool });
    const personal = idsOf(ranked).slice(2);
    expect(personal.filter((id) => id > 30 && id < 40)).toHaveLength(4);
    expect(personal.filter((id) => id > 40 && id < 50)).toHaveLength(4);
  });

  test('does not bring back what was disliked', async () => {
    const { known, signal } = signalOn('Speech codecs', { kind: 'dislike' });
    const ranked = await rank({ length: 5, interests: ['speech'], signals: [signal] }, known, { pool });
    expect(idsOf(ranked)).not.toContain(31);
    expect(ranked.stories.slice(2).map((pick) => pickLine(pick))).toEqual([
      "matches 'speech'",
      "matches 'speech'",
      "matches 'speech'",
    ]);
  });

  test('and nobody wrote about moves nothing: the letter says so and brings what is new', async () => {
    const near = (words: string): Float32Array => (words === 'knitting patterns' ? unit(4) : unit(0)).map((value) => value * 0.4); // prettier-ignore
    const ranked = await rank({ length: 5, interests: ['knitting patterns'] }, {}, { pool, vectorOf: near });
    expect(ranked.unmet).toEqual(['knitting patterns']);
    expect(idsOf(ranked).slice(2)).toEqual([51, 52, 53]);
    expect(ranked.stories.slice(2).map((pick) => pickLine(pick))).toEqual([
      'new this week',
      'new this week',
      'new this week',
    ]);
    expect(ranked.profile.facets).toEqual([{ words: 'knitting patterns', weight: 1 }]);
    const both = await rank({ length: 4, interests: ['knitting patterns', 'speech'] }, {}, { pool, vectorOf: near });
    expect(both.unmet).toEqual(['knitting patterns']);
    expect(both.stories.slice(2).map((pick) => pickLine(pick))).toEqual(["matches 'speech'", "matches 'speech'"]);
  });

  test('is never left out for a story to learn from', async () => {
    const lookup: ProfileSources = { now, vectorOf: () => undefined, storyOf: () => undefined };
    const reader = { id: 1, length: 6, interests: ['speech'], rules: [], signals: [], exposed: [], updated: [] };
    const exploration = { issueNumber: 3, sectionOf: () => 'publications', outcomes: [] };
    const [ranked] = await rankReaders([reader], { pool: preparePool(pool), editorPicks, lookup, exploration });
    expect(ranked!.stories.slice(2).map((pick) => pickLine(pick))).toEqual(Array<string>(4).fill("matches 'speech'"));
  });
});

test("a pick is the editors' where a curator chose it, and suggested where none did", async () => {
  const lookup: ProfileSources = { now, vectorOf: () => undefined, storyOf: () => undefined };
  const reader = { id: 1, length: 2, interests: [], rules: [], signals: [], exposed: [], updated: [] };
  const [ranked] = await rankReaders([reader], { pool: preparePool(stories), editorPicks, chosenByEditors: new Set([2]), lookup }); // prettier-ignore
  expect(ranked!.stories.map((pick) => pickLine(pick))).toEqual(['everybody gets this one', 'editor’s pick']);
});

test('a story shown before is not picked again, by nobody', async () => {
  expect(idsOf(await rank({ interests: ['speech'], exposed: [1, 12] }))).not.toEqual(expect.arrayContaining([1]));
  expect(idsOf(await rank({ interests: ['speech'], exposed: [1, 12], length: 40 }))).toEqual([2, 14, 11, 13, 15, 16]);
});

test('a disliked story is not picked again, either', async () => {
  const known = { 12: { title: texts[1]!, terms: countTerms(stories[1]!.terms), vector: unit(1) } };
  expect(idsOf(await rank({ length: 40, signals: [{ storyId: 12, kind: 'dislike', at: now }] }, known))).not.toContain(
    12,
  );
});

test('of three stories that say the same, one makes room for another matter', async () => {
  const same = (storyId: number): PoolStory => storyOf(storyId, 'speech codec', 0);
  const other = storyOf(34, 'speech for robots', 1);
  const filler = Array.from({ length: 20 }, (_, at) => storyOf(35 + at, `poems about cat ${at}`, 2));
  const ranked = await rank(
    { length: 4, interests: ['speech'] },
    {},
    { pool: [same(31), same(32), same(33), other, ...filler] },
  );
  expect(idsOf(ranked)).toEqual([1, 2, 31, 34]);
});

test.each([
  ['the length counts all picks', { length: 4 }, 4],
  ['every reader gets the editors picks, however short their mail', { length: 1 }, 2],
  ['a small pool is all there is', { length: 40 }, 8],
])('%s', async (_, reader, count) => {
  expect((await rank(reader)).stories).toHaveLength(count);
});

test('an empty pool leaves the editors picks', async () => {
  expect(idsOf(await rank({ interests: ['speech'] }, {}, { pool: [] }))).toEqual([1, 2]);
});

test('the profile that is kept says what was known, without vectors', async () => {
  const known = { 90: { title: 'Whisper', terms: countTerms(['speech']), vector: unit(1) } };
  const at = new Date(now.getTime() - 60 * 86_400_000);
  expect((await rank({ interests: ['speech'], signals: [{ storyId: 90, kind: 'save', at }] }, known)).profile).toEqual({
    facets: [
      { words: 'speech', weight: 1 },
      { storyId: 90, weight: 0.4 },
    ],
  });
});

describe('rules', () => {
  const rule = (text: string): Rule => {
    const [effect, ...words] = text.split(' ') as [Rule['effect'], ...string[]];
    return { effect, field: 'word', words: words.join(' ') };
  };

  /** Editors' picks are 1 "Attention" and 2 "Evaluation"; the pool is 11 to 16. */
  test.each<[string, string[], number[]]>([
    ['a never takes a story away, whatever scores', ['never voice codec'], [1, 2, 12, 11, 13]],
    ['a never holds for what the editors pick, too', ['never evaluation'], [1, 12, 14, 11, 13]],
    ['an always comes before what scores', ['always robots'], [1, 2, 16, 12, 14]],
    ['two always come in the order of their scores', ['always robots', 'always voice'], [1, 2, 14, 16, 12]],
    ['an only-if bars the rest, the editors picks as well', ['only speech'], [12, 14]],
    ['an always passes an only-if', ['only speech', 'always proofs'], [15, 12, 14]],
    ['a never beats an always', ['always robots', 'never shirts'], [1, 2, 12, 14, 11]],
    ['more always than the mail is long', ['always s*', 'always d*', 'always r*'], [1, 2, 12, 14, 11]],
  ])('%s', async (_, rules, ids) => {
    const ranked = await rank({ interests: ['speech'], rules: rules.map(rule) });
    expect(idsOf(ranked).slice(0, 2)).toEqual(ids.slice(0, 2));
    expect(new Set(idsOf(ranked))).toEqual(new Set(ids));
  });

  test('a pick by a rule names the rule', async () => {
    const ranked = await rank({ interests: ['speech'], rules: [rule('always robots')] });
    expect(ranked.stories[2]).toMatchObject({
      storyId: 16,
      kind: 'personal',
      reason: { code: 'rule', effect: 'always', field: 'word', words: 'robots' },
    });
  });

  test('an updated story may come again, and says so', async () => {
    const ranked = await rank({ interests: ['speech'], updated: [2, 12] });
    expect(ranked.stories.filter(({ updated }) => updated).map(({ storyId }) => storyId)).toEqual([2, 12]);
  });
});

describe('exploration', () => {
  const exploration = { issueNumber: 3, sectionOf: () => 'publications', outcomes: [] };
  const explore = async (reader: Partial<RankableReader>) => {
    const lookup: ProfileSources = { now, vectorOf: () => undefined, storyOf: () => undefined };
    const readers = [{ id: 1, length: 5, interests: ['speech'], rules: [], signals: [], exposed: [], updated: [], ...reader }]; // prettier-ignore
    return (await rankReaders(readers, { pool: preparePool(stories), editorPicks, lookup, exploration }))[0]!.stories;
  };

  test('the last of four personal picks is one that scores lower, and says what it is for', async () => {
    const picks = await explore({ length: 6 });
    expect(picks).toHaveLength(6);
    expect(picks.filter((pick) => pick.exploring)).toEqual([picks.at(-1)]);
    expect(picks.at(-1)!.reason).toEqual({ code: 'exploring' });
    expect(new Set(picks.map(({ storyId }) => storyId)).size).toBe(6);
    expect(picks.at(-1)!.score).toBeLessThan(Math.min(...picks.slice(2, -1).map(({ score }) => score!)));
  });

  test.each([
    ['a short letter has no room for it', { length: 5 }],
    ['a reader nobody knows has none', { length: 6, interests: [] }],
    ['with the whole pool in the letter nothing is left', { length: 8 }],
  ])('%s', async (_, reader) => {
    expect((await explore(reader)).some((pick) => pick.exploring)).toBe(false);
  });
});
