import { beforeAll, describe, expect, it } from 'vitest';
import { findStories, type StoryOfWindow } from '../../../workers/cluster/find-stories.ts';
import { meanDirection } from '../../../core/math/vectors.ts';
import { findTopics } from '../../../workers/cluster/find-topics.ts';
import { labelTopics } from '../../../workers/cluster/labels.ts';
import type { Decisions, StoryCandidate } from '../../../workers/cluster/rules.ts';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { readDemoItems } from '../demo-items.ts';

const gold = readDemoItems();
let items: StoryCandidate[];
const sources = [...new Set(gold.map(({ source }) => source))];

beforeAll(async () => {
  const texts = gold.map(({ title, text }) => `${title}. ${text}`);
  const table = openWordTable();
  const embedder = embeddedEmbedder('embedded/demo', fitTexts(texts, table), table);
  const vectors = await embedder.embed(texts);
  const segments = await Promise.all(gold.map((item) => embedder.embed(item.segments)));
  items = gold.map((item, at) => ({
    ...item,
    words: texts[at]!,
    vector: vectors[at]!,
    segments: segments[at]!,
    story: null,
    promised: false,
    head: { title: item.title, lead: item.text.slice(0, 400), source: sources.indexOf(item.source), publishedAt: 0 },
  }));
});

function find(placed: readonly StoryCandidate[], said: Partial<Decisions> = {}): Promise<StoryOfWindow[]> {
  return findStories({ items: placed, together: [], apart: [], ...said });
}

async function storyNumbers(placed: readonly StoryCandidate[], said: Partial<Decisions> = {}): Promise<number[]> {
  const numbers: number[] = [];
  (await find(placed, said)).forEach((story, number) => story.forEach(({ item }) => (numbers[item] = number)));
  return numbers;
}

/** Two items on BERT. */
function bert(): [number, number] {
  return gold.flatMap(({ thing }, at) => (thing === 'bert' ? [at] : [])) as [number, number];
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
  it('are those of the gold, nearly all', async () => {
    const { precision, f1 } = comparePairs(await storyNumbers(items));
    expect(precision).toBeGreaterThan(0.98);
    expect(f1).toBeGreaterThan(0.94);
  });

  it('are still found when no item links to another', async () => {
    const { f1 } = comparePairs(await storyNumbers(items.map((item) => ({ ...item, mentions: [] }))));
    expect(f1).toBeGreaterThan(0.82);
  });

  it('hold one paper each, though papers of one area read alike', async () => {
    const papers = (await find(items)).map((story) => story.filter(({ item }) => items[item]!.kind === 'paper').length);
    expect(Math.max(...papers)).toBe(1);
  });

  it('leave items that readers were promised in their stories, even two on one thing', async () => {
    const [first, second] = bert();
    const promised = items.map((item, at) => ({
      ...item,
      story: at === first ? 4 : at === second ? 9 : null,
      promised: at === first || at === second,
    }));
    const numbers = await storyNumbers(promised);
    expect(numbers[first]).not.toBe(numbers[second]);
  });

  it('stay as they are settled: what is new joins one by a link or starts its own, and moves nothing', async () => {
    const before = await storyNumbers(items.slice(0, -20));
    const settled = items.map((item, at) => ({ ...item, story: at < before.length ? before[at]! : null }));
    const after = await storyNumbers(settled);
    const pairs = before.flatMap((_, a) => before.slice(0, a).map((__, b) => [a, b] as const));
    expect(pairs.filter(([a, b]) => (before[a] === before[b]) !== (after[a] === after[b]))).toEqual([]);
    expect(comparePairs(after).f1).toBeGreaterThan(0.86);
  });

  it('say of what they hold by an identifier that they do, when they are settled too', async () => {
    const [first, second] = bert();
    const keyed = items.map((item, at) => (at === first || at === second ? { ...item, keys: ['arxiv:1810.04805'] } : { ...item, keys: [] })); // prettier-ignore
    const whyOf = async (story: number | null) => (await find(keyed.map((item, at) => ({ ...item, story: at === first || at === second ? story : null }))))
      .flat().filter(({ item }) => item === first || item === second).map(({ why }) => why); // prettier-ignore
    expect(await whyOf(null)).toEqual(['link', 'link']);
    expect(await whyOf(7)).toEqual(['link', 'link']);
  });

  it('grow by links alone once they are settled', async () => {
    const [first, second] = bert();
    const unlinked = items.map((item, at) => ({ ...item, mentions: [], story: at === first ? 7 : null }));
    const numbers = await storyNumbers(unlinked);
    expect(numbers.filter((number) => number === numbers[first])).toHaveLength(1);
    const linked = unlinked.map((item, at) => (at === second ? { ...item, mentions: [...items[first]!.keys] } : item));
    const grown = await storyNumbers(linked);
    expect(grown[second]).toBe(grown[first]);
  });

  it('never hold two numbers of arXiv, be their texts the same', async () => {
    const paper = items.find(({ keys }) => keys[0]?.startsWith('arxiv:'))!;
    const twin = { ...paper, keys: ['arxiv:2601.99999'] };
    const numbers = await storyNumbers([...items.filter((item) => item !== paper), paper, twin]);
    expect(numbers.at(-1)).not.toBe(numbers.at(-2));
  });

  it('obey a curator who splits what a link joined, and joins what nothing joined, before and after they settle', async () => {
    const [first, second] = bert();
    const stranger = gold.findIndex(({ thing }) => thing === 'whisper');
    const said: Partial<Decisions> = { apart: [[first, second]], together: [[first, stranger]] };
    const linked = items.map((item, at) =>
      at === first || at === second ? { ...item, keys: ['doi:10.1/same'] } : item,
    );
    for (const story of [null, 7]) {
      const settled = linked.map((item, at) => ({ ...item, story: at === first || at === second ? story : null }));
      const numbers = await storyNumbers(settled, said);
      expect(numbers[first]).not.toBe(numbers[second]);
      expect(numbers[first]).toBe(numbers[stranger]);
    }
  });

  it('are each item alone when there is one item, and none when there is none', async () => {
    expect(await find(items.slice(0, 1))).toEqual([[{ item: 0, why: 'near' }]]);
    expect(await find([])).toEqual([]);
  });
});

describe('topics of the demo week', () => {
  it('are a handful, named by words of the field', async () => {
    const stories = await find(items);
    const topics = await findTopics(
      stories.map((story) => meanDirection(story.map(({ item }) => items[item]!.vector))),
      stories.map((story) => story.map(({ item }) => items[item]!.words).join(' ')),
    );
    expect(topics.length).toBeGreaterThanOrEqual(5);
    expect(topics.length).toBeLessThanOrEqual(10);
    expect(Math.min(...topics.map((topic) => topic.length))).toBeGreaterThanOrEqual(3);
    const labels = labelTopics(
      topics.map((topic) => topic.flatMap((story) => stories[story]!.map(({ item }) => gold[item]!))),
    );
    const speech = topics.findIndex((topic) =>
      topic.some((story) => stories[story]!.some(({ item }) => gold[item]!.thing === 'whisper')),
    );
    expect(labels[speech]!.join(' ')).toMatch(/speech/);
  });
});
