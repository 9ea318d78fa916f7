// Texts -> what each stage takes, through the functions that the workers run in their thread.
import type { PlacedItem, Story } from '../../../core/store/stories.ts';
import { findStories } from '../../../workers/cluster/find-stories.ts';
import { planTopics } from '../../../workers/cluster/plan-topics.ts';
import { layOutMap } from '../../../workers/compose/lay-out-map.ts';
import { embeddedEmbedder } from '../../../workers/embed/embedded.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { openWordTable } from '../../../workers/embed/open-word-table.ts';
import type { BenchRecord } from './read-records.ts';

/** The newest items that a fit looks at; see workers/embed/next-set.ts. */
const largestCorpus = 10_000;
/** New items of a day; the others are settled. */
const newItems = 1_000;
const largestMap = 10_000;

/** `whole`: nothing is placed yet. `daily`: all but the last thousand are settled, each in a story of its own. */
export async function measure(records: readonly BenchRecord[], kind: 'whole' | 'daily') {
  const texts = records.map(({ title, abstract }) => `${title}. ${abstract}`);
  const table = openWordTable();
  const times: Record<string, { seconds: number; cpuSeconds: number }> = {};
  const timed = async <Result>(stage: string, work: () => Result | Promise<Result>): Promise<Result> => {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const used = process.cpuUsage(cpu);
    times[stage] = {
      seconds: round((performance.now() - started) / 1e3),
      cpuSeconds: round((used.user + used.system) / 1e6),
    };
    return result;
  };
  const fit = await timed('fit', () => fitTexts(texts.slice(-largestCorpus), table));
  const asked = kind === 'daily' ? newItems : texts.length;
  const embedder = embeddedEmbedder('embedded/bench', fit, table);
  const old = await embedder.embed(texts.slice(0, texts.length - asked));
  const vectors = [...old, ...(await timed('embed', () => embedder.embed(texts.slice(-asked))))];
  const plain = { kind: 'post', keys: [], mentions: [], segments: [], promised: false } as const;
  const items = texts.map((words, at) => ({
    ...plain,
    words,
    vector: vectors[at]!,
    story: at < texts.length - asked ? at : null,
  }));
  const found = await timed('stories', () => findStories({ items, together: [], apart: [] }));
  const plan = toPlan(
    records,
    vectors,
    found.map((story) => story.map(({ item }) => item)),
  );
  const topics = await timed('topics', () => planTopics(plan));
  if (kind === 'whole' && found.length <= largestMap) {
    const stories = found.map(([first]) => vectors[first!.item]!);
    await timed('map', () => layOutMap({ stories, anchors: [], reach: null }));
  }
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  return { items: texts.length, kind, asked, stories: found.length, topics: topics.length, times, peakMb };
}

function toPlan(records: readonly BenchRecord[], vectors: readonly Float32Array[], found: readonly number[][]) {
  const storyOf = new Map(found.flatMap((items, story) => items.map((item) => [item, story] as const)));
  const placed = records.map(({ title, abstract }, id): PlacedItem => {
    const publishedAt = new Date(0);
    const rest = { kind: 'paper', keys: [], mentions: [], why: null, promised: false, settled: false } as const;
    return {
      ...rest,
      keys: [],
      mentions: [],
      id,
      title,
      text: abstract.slice(0, 2_000),
      publishedAt,
      storyId: storyOf.get(id)!,
    };
  });
  const stories = found.map(([first], id): Story => {
    return { id, headlineItemId: first!, headlineBy: null, topicId: null, firstSeen: new Date(0) };
  });
  return { placed, vectors: new Map(vectors.map((vector, id) => [id, { vector }])), stories, before: [], earlier: [] };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
