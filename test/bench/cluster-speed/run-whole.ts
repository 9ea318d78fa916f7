// Texts -> what each stage takes when nothing is placed yet, through the functions and threads that the workers use.
import type { WindowItem, Story } from '../../../core/store/stories.ts';
import type { StoryOfWindow, StorySearch } from '../../../workers/cluster/find-stories.ts';
import type { TopicPlan } from '../../../workers/cluster/plan-topics.ts';
import type { MapTask } from '../../../workers/compose/lay-out-map.ts';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { runInThread, type TaskName, type ThreadTask } from '../../../core/threads.ts';
import type { Run } from './print-table.ts';
import type { BenchRecord } from './read-records.ts';
import { peakMb, stageClock } from './stage-clock.ts';

/** The newest items that a fit looks at; see workers/embed/next-set.ts. */
const largestCorpus = 10_000;

/** Fit, vectors, stories, topics and map of all records. */
export async function runWhole(records: readonly BenchRecord[]): Promise<Run> {
  const { figures, timed } = stageClock();
  const texts = records.map(({ title, abstract }) => `${title}. ${abstract}`);
  const fit = await timed('fit', () =>
    inThread<typeof import('../../../workers/embed/fit-corpus.ts'), 'fitCorpus'>(
      'embed/fit-corpus',
      'fitCorpus',
      texts.slice(-largestCorpus),
    ),
  );
  const embedder = embeddedEmbedder('embedded/bench', fit, openWordTable());
  const vectors = await timed('embed', () => embedder.embed(texts));
  const plain = { kind: 'post', keys: [], mentions: [], segments: [], promised: false, story: null } as const;
  const search: StorySearch = {
    items: texts.map((words, at) => ({ ...plain, words, vector: vectors[at]! })),
    together: [],
    apart: [],
  };
  const found = await timed('stories', () =>
    inThread<typeof import('../../../workers/cluster/find-stories.ts'), 'findStories'>(
      'cluster/find-stories',
      'findStories',
      search,
    ),
  );
  const plan = toPlan(records, { vectors, found });
  const topics = await timed('topics', () =>
    inThread<typeof import('../../../workers/cluster/plan-topics.ts'), 'planTopics'>(
      'cluster/plan-topics',
      'planTopics',
      plan,
    ),
  );
  const task: MapTask = { stories: found.map(([first]) => vectors[first!.item]!), anchors: [], reach: null };
  await timed('map', () =>
    inThread<typeof import('../../../workers/compose/lay-out-map.ts'), 'layOutMap'>(
      'compose/lay-out-map',
      'layOutMap',
      task,
    ),
  );
  const note = `${found.length} stories, ${topics.length} topics`;
  return { items: texts.length, stages: figures, peakMb: peakMb(), note };
}

function inThread<Module, Name extends TaskName<Module>>(
  file: string,
  name: Name,
  input: ThreadTask<Module, Name>['input'],
) {
  const stop = new AbortController().signal;
  return runInThread<Module, Name>({
    file: new URL(`../../../workers/${file}.ts`, import.meta.url),
    name,
    pool: 'stories',
    input,
    stop,
  });
}

function toPlan(
  records: readonly BenchRecord[],
  { vectors, found }: { vectors: readonly Float32Array[]; found: readonly StoryOfWindow[] },
): TopicPlan {
  const storyOf = new Map(found.flatMap((story, id) => story.map(({ item }) => [item, id] as const)));
  const published = {
    publishedAt: new Date(0),
    why: null,
    promised: false,
    settled: false,
    sourceId: 1,
    isBackground: false,
  } as const;
  const placed = records.map(({ title, abstract }, id): WindowItem => {
    const text = abstract.slice(0, 2_000);
    return { id, kind: 'paper', keys: [], mentions: [], title, text, storyId: storyOf.get(id)!, ...published };
  });
  const stories = found.map(([first], id): Story => {
    return { id, headlineItemId: first!.item, headlineBy: null, topicId: null, firstSeen: new Date(0) };
  });
  return {
    seen: placed,
    vectors: new Map(vectors.map((vector, id) => [id, { vector }])),
    stories,
    last: [],
    before: [],
    earlier: [],
  };
}
