import { beforeAll, describe, expect, it } from 'vitest';
import { findStories } from '../../../workers/cluster/find-stories.ts';
import { findTopics, meanVector } from '../../../workers/cluster/find-topics.ts';
import { labelTopics } from '../../../workers/cluster/labels.ts';
import type { ItemToPlace } from '../../../workers/cluster/rules.ts';
import { embeddedEmbedder } from '../../../workers/embed/embedded.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../workers/embed/open-word-table.ts';
import { readDemoItems } from '../demo-items.ts';

const gold = readDemoItems();
let items: ItemToPlace[];

beforeAll(async () => {
  const texts = gold.map(({ title, text }) => `${title}. ${text}`);
  const table = openWordTable();
  const embedder = embeddedEmbedder('embedded/demo', fitTexts(texts, table), table);
  const vectors = await embedder.embed(texts);
  const segments = await Promise.all(gold.map((item) => embedder.embed(item.segments)));
  items = gold.map((item, at) => ({ ...item, vector: vectors[at]!, segments: segments[at]!, fixedStory: null }));
});

function storyNumbers(placed: readonly ItemToPlace[]): number[] {
  const numbers: number[] = [];
  findStories(placed).forEach((story, number) => story.forEach(({ item }) => (numbers[item] = number)));
  return numbers;
}

/** Precision and recall over the pairs of items that share a story. */
function comparePairs(found: readonly number[]): { precision: number; recall: number; f1: number } {
  const pairs = gold.flatMap((_, a) => gold.slice(0, a).map((__, b) => [a, b] as const));
  const together = pairs.filter(([a, b]) => found[a] === found[b]);
  const wanted = pairs.filter(([a, b]) => gold[a]!.thing === gold[b]!.thing);
  const right = together.filter(([a, b]) => gold[a]!.thing === gold[b]!.thing).length;
  return {
    precision: right / together.length,
    recall: right / wanted.length,
    f1: (2 * right) / (together.length + wanted.length),
  };
}

describe('stories of the demo week', () => {
  it('are those of the gold, nearly all', () => {
    const { precision, f1 } = comparePairs(storyNumbers(items));
    expect(precision).toBeGreaterThan(0.95);
    expect(f1).toBeGreaterThan(0.94);
  });

  it('are still found when no item links to another', () => {
    const { f1 } = comparePairs(storyNumbers(items.map((item) => ({ ...item, mentions: [] }))));
    expect(f1).toBeGreaterThan(0.88);
  });

  it('hold one paper each, though papers of one area read alike', () => {
    const papers = findStories(items).map((story) => story.filter(({ item }) => items[item]!.kind === 'paper').length);
    expect(Math.max(...papers)).toBe(1);
  });

  it('leave items that readers were promised in their stories, even two on one thing', () => {
    const [first, second] = gold.flatMap(({ thing }, at) => (thing === 'bert' ? [at] : [])) as [number, number];
    const fixed = items.map((item, at) => ({ ...item, fixedStory: at === first ? 4 : at === second ? 9 : null }));
    const numbers = storyNumbers(fixed);
    expect(numbers[first]).not.toBe(numbers[second]);
  });

  it('are each item alone when there is one item, and none when there is none', () => {
    expect(findStories(items.slice(0, 1))).toEqual([[{ item: 0, why: 'near' }]]);
    expect(findStories([])).toEqual([]);
  });
});

describe('topics of the demo week', () => {
  it('are a handful, named by words of the field', () => {
    const stories = findStories(items);
    const topics = findTopics(stories.map((story) => meanVector(story.map(({ item }) => items[item]!.vector))));
    expect(topics.length).toBeGreaterThanOrEqual(5);
    expect(topics.length).toBeLessThanOrEqual(10);
    expect(Math.min(...topics.map((topic) => topic.length))).toBeGreaterThanOrEqual(3);
    const labels = labelTopics(
      topics.map((topic) => topic.flatMap((story) => stories[story]!.map(({ item }) => gold[item]!))),
    );
    const speech = topics.findIndex((topic) =>
      topic.some((story) => stories[story]!.some(({ item }) => gold[item]!.thing === 'whisper')),
    );
    expect(labels[speech]!.keywords.join(' ')).toMatch(/speech/);
    expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length);
  });
});
