// Stories + model -> rows of numbers whose inner products with a reader's vector are the scores.
import { meanDirection } from '../../core/math/vectors.ts';
import { createKernelRows, rowStarts, type KernelRows } from '../../core/math/kernels/kernel-rows.ts';
import type { StoryWords } from './phrase-index.ts';
import type { OpenModel } from './model/rank-model.ts';

/** One story of the pool. */
export interface PoolStory {
  storyId: number;
  /** From `tokenize`, of title, summary, topic and the texts of its items. */
  terms: readonly string[];
  /** The same as they stand in title and text; where they are left out, all terms are text. */
  words?: StoryWords;
  /** Of its items and their segments, unit length, all from one model; empty before they were embedded. */
  vectors: readonly Float32Array[];
  /** What its topic is called, '' without one, and how many independent sources tell it: for reasons. */
  topic?: string;
  sources?: number;
}

/**
 * A row for each vector of each story: the vector, the factors its text predicts, what the editors' order and their taste add. A
 * story counts by its best row, since a talk about many things is about each of them (R@1 .365 against .074 for the mean).
 */
export interface PoolRows {
  /** Numbers in a vector, in the factors (0 without a model), and in a row: both and two more. */
  vectorSize: number;
  rank: number;
  width: number;
  count: number;
  /** Count x width, and below the mean row's vector, and those of stories that have several. */
  memory: KernelRows;
  /** Where each row begins in the memory. */
  rowStarts: Int32Array;
  /** Rows of story s: starts[s] .. starts[s + 1], one at least. */
  starts: Int32Array;
  /** Where the mean of all rows' vectors begins, and that of each story's. */
  meanStart: number;
  meanStarts: Int32Array;
  /** Where vectors and factors begin that stand for all when the spread of a reader's scores is measured. */
  sample: { vectors: Int32Array; factors: Int32Array };
}

/** 128 leave the spread right to 6%. */
const sampledRows = 128;

/** Lays the rows of a pool in the memory of the kernels. */
export function layRows(
  stories: readonly PoolStory[],
  { model, prior, taste }: { model: OpenModel | undefined; prior: Float64Array; taste: Float64Array },
): PoolRows {
  const vectorSize = stories.find(({ vectors }) => vectors.length > 0)?.vectors[0]!.length ?? 0;
  const rank = model?.model.settings.rank ?? 0;
  const width = vectorSize + rank + 2;
  const starts = new Int32Array(stories.length + 1);
  stories.forEach(({ vectors }, story) => (starts[story + 1] = starts[story]! + Math.max(1, vectors.length)));
  const count = starts.at(-1)!;
  const several = stories.filter(({ vectors }) => vectors.length > 1).length;
  const meanStart = count * width;
  const memory = createKernelRows(meanStart + (1 + several) * vectorSize, width);
  const { values } = memory;
  const meanStarts = new Int32Array(stories.length);
  let free = meanStart + vectorSize;
  stories.forEach(({ terms, vectors }, story) => {
    const middle = storyDirection(vectors);
    const factors = model?.predict(terms, middle) ?? [];
    for (let row = starts[story]!; row < starts[story + 1]!; row++) {
      values.set(vectors[row - starts[story]!] ?? [], row * width);
      values.set(factors, row * width + vectorSize);
      values.set([prior[story]!, taste[story]!], (row + 1) * width - 2);
    }
    meanStarts[story] = vectors.length > 1 ? free : starts[story]! * width;
    if (vectors.length > 1) values.set(middle!, free);
    if (vectors.length > 1) free += vectorSize;
  });
  for (let row = 0; row < count; row++)
    for (let at = 0; at < vectorSize; at++) values[meanStart + at]! += values[row * width + at]! / count;
  const all = rowStarts(count, width);
  const step = Math.max(1, Math.floor(count / sampledRows));
  const sampled = all.filter((_, row) => row % step === 0);
  const sample = { vectors: sampled, factors: sampled.map((start) => start + vectorSize) };
  return { vectorSize, rank, width, count, memory, rowStarts: all, starts, meanStart, meanStarts, sample };
}

/** What the vectors of a story have in common, at length 1; undefined before it was embedded. */
export function storyDirection(vectors: readonly Float32Array[]): Float32Array | undefined {
  return vectors.length > 0 ? meanDirection(vectors) : undefined;
}
