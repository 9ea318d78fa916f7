// What curators do becomes a taste: which preferences an act means, and what is learned from many.
import { describe, expect, test } from 'vitest';
import type { TastedStory } from '../../../core/store/tastes.ts';
import {
  accuracyOf,
  fitTaste,
  learnTaste,
  preferencesOf,
  tastePrior,
  thinness,
  tasteOf,
} from '../../../workers/rank/taste.ts';

function story(storyId: number, given: Partial<TastedStory> = {}): TastedStory {
  return { issueId: 1, storyId, section: 'posts', role: 'pool', position: storyId, kind: 'post', sourceId: 1, weight: 1, kinds: 1, ageDays: 1, moved: 0, promoted: false, ...given }; // prettier-ignore
}

describe('an act means', () => {
  const pairs = (stories: TastedStory[]): string[] =>
    preferencesOf(stories).map(({ better, worse }) => `${better.storyId}>${worse.storyId}`);

  test.each<[string, TastedStory[], string[]]>([
    ['nothing, where nothing was done', [story(1), story(2)], []],
    ['nothing, where a pick was left as it was suggested', [story(1, { role: 'pick' }), story(2)], []],
    ['a pick made by hand: before the pool', [story(1, { role: 'pick', promoted: true }), story(2)], ['1>2']],
    ['removed: behind what was kept', [story(1), story(2, { role: 'removed' })], ['1>2']],
    ['moved up by one: before what it passed', [story(1, { moved: 1 }), story(2), story(3)], ['1>2']],
    ['moved down by two: behind what it let pass', [story(1), story(2), story(3, { moved: -2 })], ['1>3', '2>3']],
    ['moved in its section only', [story(1, { moved: 1 }), story(2, { section: 'talks' }), story(3)], ['1>3']],
    ['nothing between issues', [story(1, { role: 'pick' }), story(2, { issueId: 2 })], []],
  ])('%s', (_, stories, expected) => expect(pairs(stories)).toEqual(expected));
});

/** An issue whose curator removes what source 9 says and picks talks. */
function issueOf(issueId: number): TastedStory[] {
  return Array.from({ length: 12 }, (_, at) => {
    const isTalk = at % 4 === 1;
    const isDull = at % 4 === 2;
    const given: Partial<TastedStory> = {
      issueId,
      kind: isTalk ? 'video' : 'post',
      sourceId: isDull ? 9 : 1 + (at % 3),
    };
    return story(issueId * 100 + at, { ...given, role: isDull ? 'removed' : isTalk ? 'pick' : 'pool', promoted: isTalk, position: at }); // prettier-ignore
  });
}

describe('a taste', () => {
  test('learns a dull source and a liked kind, and knows nothing of a source it never saw', () => {
    const weights = fitTaste(preferencesOf([...issueOf(1), ...issueOf(2)]));
    expect(weights['source:9']).toBeLessThan(-0.5);
    expect(weights['kind:video']).toBeGreaterThan(0.5);
    const [unseen, dull] = [story(1, { sourceId: 77 }), story(2, { sourceId: 9 })];
    expect(tasteOf(unseen, weights)).toBeGreaterThan(tasteOf(dull, weights));
    expect(fitTaste(preferencesOf([...issueOf(1), ...issueOf(2)]))).toEqual(weights);
  });

  test('is tried on the newest issue before it counts', () => {
    const learned = learnTaste([...issueOf(1), ...issueOf(2)]);
    expect(learned.accuracy).toBe(1);
    expect(learned.kept).toBe(true);
    expect(learnTaste(issueOf(1)).accuracy).toBeNull();
    const turned = issueOf(2).map((one) => ({ ...one, role: one.role === 'removed' ? ('pick' as const) : one.role === 'pick' ? ('removed' as const) : one.role })); // prettier-ignore
    expect(learnTaste([...issueOf(1), ...turned])).toMatchObject({ kept: false });
  });

  test('of issues that were approved as they were suggested is none', () => {
    const untouched = Array.from({ length: 12 }, (_, at) => story(at, { role: at < 4 ? 'pick' : 'pool' }));
    expect(learnTaste(untouched)).toMatchObject({ choices: 0, pairs: 0, kept: false, weights: {} });
    expect(learnTaste(issueOf(1))).toMatchObject({ choices: 6, kept: true });
  });

  test('that knows nothing orders nothing', () => {
    const preferences = preferencesOf(issueOf(1));
    expect(accuracyOf(preferences, {})).toBe(0.5);
    expect([...tastePrior([3, 3, 3])]).toEqual([0, 0, 0]);
  });
});

test('the prior is bounded, and counts less the more is known of a reader', () => {
  expect([...tastePrior([0, 0, 0, 0, 0, 0, 0, 0, 0, 100])].at(-1)).toBe(0.8);
  expect([...tastePrior([1, 3])]).toEqual([-0.4, 0.4]);
  expect([[], [{ weight: 1 }], [{ weight: 1 }, { weight: -1 }]].map(thinness)).toEqual([1, 1 / 2, 1 / 3]);
});

test('what curators scored higher in the rubric stands before what they scored lower; a near miss says nothing', () => {
  const pick = (storyId: number, score: number | null) => story(storyId, { role: 'pick', score });
  const pairs = preferencesOf([pick(1, 4.6), pick(2, 4.2), pick(3, 3), pick(4, null)]);
  expect(pairs.map(({ better, worse }) => [better.storyId, worse.storyId])).toEqual([[1, 3], [2, 3]]); // prettier-ignore
});
