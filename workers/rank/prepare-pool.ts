// The pool of an issue -> what every reader's ranking needs, computed once: the index, rows of numbers, similarities.
import { indexDocuments, type Bm25Index } from './bm25.ts';
import { weighWords, type WordEvidence } from './evidence.ts';
import { productAt, rowsOf, type RowsAt } from './inner-product.ts';
import type { OpenModel } from './model/rank-model.ts';
import type { Facet } from './profile.ts';
import { sparseSum, type SparseSum } from './sparse-sum.ts';

/** One story of the pool. */
export interface PoolStory {
  storyId: number;
  /** From `tokenize`, of title, summary, topic and the texts of its items. */
  terms: readonly string[];
  /** Of its items and their segments, unit length, all from one model; empty before they were embedded. */
  vectors: readonly Float32Array[];
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
  /** Row-major, count x width. */
  values: Float32Array;
  count: number;
  /** Rows of story s: starts[s] .. starts[s + 1], one at least. */
  starts: Int32Array;
  /** Mean of the rows' vectors. */
  mean: Float32Array;
  /** Rows that stand for all when the spread of a reader's scores is measured. */
  sample: { vectors: RowsAt; factors: RowsAt };
}

export interface Pool {
  /** In the editors' order. */
  stories: readonly PoolStory[];
  index: Bm25Index;
  /** What each story gets before anything is known of a reader: the editors' order; and what the curators' taste adds for a thin profile. */
  prior: Float64Array;
  taste: Float64Array;
  rows: PoolRows;
  model: OpenModel | undefined;
  /** The words of a facet over the pool; readers who want the same thing share them. */
  wordsOf(facet: Pick<Facet, 'storyId' | 'label' | 'kind' | 'terms'>): WordEvidence;
  /** Cosine of two stories' mean vectors, by their places in `stories`; 0 without vectors. */
  similarity(left: number, right: number): number;
  /** A number for each story, to sum on: 10,000 new ones for each reader take longer than to clear them. */
  sheet: Float64Array;
  /** Sums at a few stories; whoever uses it leaves it empty. */
  few: SparseSum;
}

/** What the editors' order moves from its first story to its last; less than any real match of words. */
const priorRange = 0.6;

export interface PoolOptions {
  model?: OpenModel | undefined;
  /** In standard deviations, for each story; else `editorsPrior`. */
  prior?: Float64Array;
  /** From `tastePrior`; else 0. */
  taste?: Float64Array | undefined;
}

/** Words of facets, at some 3 KB each; then all are forgotten. */
const mostKept = 30_000;

/** Prepares a pool; the words of each distinct facet are kept, so a pool serves one issue and is dropped. */
export function preparePool(
  stories: readonly PoolStory[],
  { model, prior = editorsPrior(stories.length), taste = new Float64Array(stories.length) }: PoolOptions = {},
): Pool {
  const index = indexDocuments(stories.map((story) => story.terms));
  const means = stories.map((story) => meanVector(story.vectors));
  const known = new Map<number | string, WordEvidence>();
  return {
    stories,
    index,
    prior,
    taste,
    rows: layRows(stories, { model, prior, taste }),
    model,
    wordsOf(facet) {
      const kept = known.get(facet.storyId ?? facet.label);
      if (kept) return kept;
      const words = weighWords(facet, index);
      if (known.size >= mostKept) known.clear();
      known.set(facet.storyId ?? facet.label, words);
      return words;
    },
    similarity(left, right) {
      const [one, other] = [means[left], means[right]];
      return one && other ? productAt(one, other, 0) : 0;
    },
    sheet: new Float64Array(stories.length),
    few: sparseSum(stories.length),
  };
}

/** From +range/2 for the editors' first story down to -range/2 for their last. */
export function editorsPrior(poolSize: number): Float64Array {
  return Float64Array.from({ length: poolSize }, (_, story) => priorRange * (0.5 - story / Math.max(1, poolSize - 1)));
}

function layRows(
  stories: readonly PoolStory[],
  { model, prior, taste }: { model: OpenModel | undefined; prior: Float64Array; taste: Float64Array },
): PoolRows {
  const vectorSize = stories.find(({ vectors }) => vectors.length > 0)?.vectors[0]!.length ?? 0;
  const rank = model?.model.settings.rank ?? 0;
  const width = vectorSize + rank + 2;
  const starts = new Int32Array(stories.length + 1);
  stories.forEach(({ vectors }, story) => (starts[story + 1] = starts[story]! + Math.max(1, vectors.length)));
  const count = starts.at(-1)!;
  const values = new Float32Array(count * width);
  stories.forEach(({ terms, vectors }, story) => {
    const factors = model?.predict(terms, meanVector(vectors)) ?? [];
    for (let row = starts[story]!; row < starts[story + 1]!; row++) {
      values.set(vectors[row - starts[story]!] ?? [], row * width);
      values.set(factors, row * width + vectorSize);
      values.set([prior[story]!, taste[story]!], (row + 1) * width - 2);
    }
  });
  const mean = new Float32Array(vectorSize);
  for (let row = 0; row < count; row++)
    for (let at = 0; at < vectorSize; at++) mean[at]! += values[row * width + at]! / count;
  return {
    vectorSize,
    rank,
    width,
    values,
    count,
    starts,
    mean,
    sample: sampleRows(values, { width, count, vectorSize }),
  };
}

/** 128 leave the spread right to 6%. */
const sampledRows = 128;

/** The vectors and the factors of every n-th row, where they stand. */
function sampleRows(
  values: Float32Array,
  { width, count, vectorSize }: { width: number; count: number; vectorSize: number },
): PoolRows['sample'] {
  const step = Math.max(1, Math.floor(count / sampledRows));
  const own = values.filter((_, at) => Math.floor(at / width) % step === 0);
  const vectors = rowsOf(own, width);
  return { vectors, factors: { values: own, starts: vectors.starts.map((start) => start + vectorSize) } };
}

/** The mean of unit vectors, brought back to unit length; undefined for none. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array | undefined {
  const [first] = vectors;
  if (!first) return undefined;
  const mean = new Float32Array(first.length);
  for (const vector of vectors) vector.forEach((value, place) => (mean[place]! += value));
  const norm = Math.sqrt(productAt(mean, mean, 0)) || 1;
  return mean.map((value) => value / norm);
}
