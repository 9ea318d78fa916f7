import { describe, expect, it } from 'vitest';
import { sections } from '../../../core/sections.ts';
import {
  expectedSections,
  kindOf,
  ruledSection,
  type SectionedHeadline,
} from '../../../workers/compose/choose-section.ts';
import { sortStories, type SortingTask } from '../../../workers/compose/sort-stories.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';

describe('a rule', () => {
  it.each<[string, Partial<SectionedHeadline>, string | undefined]>([
    ['a source with a section of its own', { kind: 'paper', section: 'talks' }, 'talks'],
    ['a source with a section nobody knows', { kind: 'paper', section: 'sports' }, undefined],
    ['a repository', { keys: ['repo:github.com/openai/whisper'] }, 'tools'],
    ['a paper that links to its code', { kind: 'paper', keys: ['arxiv:1706.03762', 'repo:github.com/a/b'] }, undefined],
    ['a post', {}, undefined],
  ])('%s', (_, given, section) => {
    expect(ruledSection({ id: 1, kind: 'post', title: 'A title', keys: [], section: null, ...given })).toBe(section);
  });

  it.each<[Pick<SectionedHeadline, 'kind' | 'title'>, string]>([
    [{ kind: 'paper', title: 'MS MARCO, a dataset of questions' }, 'publications'],
    [{ kind: 'video', title: 'A talk' }, 'talks'],
    [{ kind: 'post', title: 'What I learned' }, 'posts'],
    [{ kind: 'post', title: 'Whisper 2.1 released' }, 'tools'],
    [{ kind: 'post', title: 'kite-maps 0.1a3' }, 'tools'],
    [{ kind: 'post', title: 'Show HN: Maps of kites' }, 'tools'],
  ])('where none speaks, %j is expected in %s', (headline, section) => {
    const expected = expectedSections[kindOf(headline)]!;
    expect(sections[expected.indexOf(Math.max(...expected))]!.key).toBe(section);
  });
});

/** Two groups of points in 24 dimensions, the first of `share` of all; the descriptions lie between, nearer their own. */
function twoGroups(share: number): SortingTask & { truth: number[] } {
  const random = seededRandom(3);
  const near = (axis: number, noise: number) =>
    normalise(Float32Array.from({ length: 24 }, (_, at) => (at === axis ? 1 : 0) + (random() - 0.5) * noise));
  const truth = Array.from({ length: 200 }, (_, at) => (at < 200 * share ? 0 : 1));
  return {
    truth,
    stories: truth.map((group) => near(group, 1.2)),
    sections: [near(0, 0.4), near(1, 0.4)],
    known: [],
    kinds: truth.map(() => 0),
    expected: [[0.5, 0.5]],
  };
}

const right = (task: SortingTask, truth: readonly number[]): number => {
  const found = sortStories(task);
  return truth.filter((group, story) => found[2 * story + group]! > 0.5).length / truth.length;
};

describe('the sorter', () => {
  it('finds the section by the words of its description, better with the graph than without', () => {
    const { truth, ...task } = twoGroups(0.5);
    const alone = right({ ...task, graph: false }, truth);
    expect(alone).toBeGreaterThan(0.8);
    expect(right(task, truth)).toBeGreaterThan(alone);
  });

  it('estimates how common each section is: of a rare one it does not find half', () => {
    const { truth, ...task } = twoGroups(0.9);
    const found = sortStories({ ...task, graph: false });
    const rare = truth.filter((_, story) => found[2 * story + 1]! > 0.5).length / truth.length;
    expect(rare).toBeLessThan(0.2);
  });

  it('moves what a kind lets one expect by corrections alone, not by its own guesses', () => {
    const { truth, ...task } = twoGroups(0.5);
    // Descriptions that have most in common say little: half of the week reads a little more like the second.
    const [first, second] = task.sections as [Float32Array, Float32Array];
    const mixed = (main: Float32Array, other: Float32Array) =>
      normalise(main.map((value, at) => value + 0.8 * other[at]!));
    const alike = [mixed(first, second), mixed(second, first)];
    const shareOfSecond = (known: SortingTask['known']): number => {
      const found = sortStories({ ...task, sections: alike, graph: false, expected: [[0.9, 0.1]], known });
      return truth.filter((_, story) => found[2 * story + 1]! > 0.5).length / truth.length;
    };
    expect(shareOfSecond([])).toBeLessThan(0.1);
    const corrections = truth.flatMap((group, at) =>
      group === 1 ? [{ vector: task.stories[at]!, section: 1, kind: 0 }] : [],
    );
    expect(shareOfSecond(corrections)).toBeGreaterThan(0.3);
  });

  it('learns from five corrections a section what a wrong description does not say', () => {
    const { truth, ...task } = twoGroups(0.5);
    const wrong = { ...task, sections: task.sections.toReversed() };
    const known = [0, 1, 2, 3, 4, 195, 196, 197, 198, 199].map((story) => {
      return { vector: task.stories[story]!, section: truth[story]!, kind: 0 };
    });
    expect(right({ ...wrong, known }, truth)).toBeGreaterThan(right(wrong, truth));
  });

  it('puts nothing where its kind does not go, unless a curator did, and every row is a distribution', () => {
    const { truth, ...task } = twoGroups(0.5);
    const found = sortStories({ ...task, expected: [[1, 0]] });
    truth.forEach((_, story) => expect([...found.subarray(2 * story, 2 * story + 2)]).toEqual([1, 0]));
    const known = [{ vector: task.stories[199]!, section: 1, kind: 0 }];
    const taught = sortStories({ ...task, expected: [[1, 0]], known });
    expect(taught[2 * 199 + 1]).toBeGreaterThan(0);
    truth.forEach((_, story) => expect(taught[2 * story]! + taught[2 * story + 1]!).toBeCloseTo(1, 5));
  });

  it('has nothing to say of no stories', () => {
    expect(sortStories({ stories: [], sections: [], known: [], kinds: [], expected: [[1]] })).toHaveLength(0);
  });
});
