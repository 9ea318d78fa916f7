// The pool of an issue -> what every reader's ranking needs, computed once: the index, rows of numbers, similarities.
import { indexDocuments, type Bm25Index } from './bm25.ts';
import { weighWords, type WordEvidence } from './evidence.ts';
import { layRows, type PoolRows, type PoolStory } from './lay-rows.ts';
import type { OpenModel } from './model/rank-model.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Facet } from './profile.ts';
import { createSparseSum, type SparseSum } from './sparse-sum.ts';

export interface Pool {
  /** In the editors' order; their texts and vectors are in the index and the rows. */
  stories: readonly { storyId: number }[];
  index: Bm25Index;
  /** What each story gets before anything is known of a reader: the editors' order; and what the curators' taste adds for a thin profile. */
  prior: Float64Array;
  taste: Float64Array;
  rows: PoolRows;
  model: OpenModel | undefined;
  /** The words of a facet over the pool; readers who want the same thing share them. */
  wordsOf(facet: Pick<Facet, 'storyId' | 'label' | 'kind' | 'terms'>): WordEvidence;
  /** Cosines of a story's mean vector with those of others, by their indices in `stories`; 0 without vectors. */
  similarities(story: number, others: Int32Array): Float32Array;
  /** A zero for each story and each of so many readers; the same sheet each time. */
  bufferFor(readers: number): Float32Array;
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

/** Words of facets, at some 2 KB each. */
const mostKept = 60_000;

/** Prepares a pool; the words of facets are kept, so a pool serves one issue and is dropped. */
export function preparePool(
  stories: readonly PoolStory[],
  { model, prior = curatorsPrior(stories.length), taste = new Float64Array(stories.length) }: PoolOptions = {},
): Pool {
  const index = indexDocuments(stories.map((story) => story.terms));
  const rows = layRows(stories, { model, prior, taste });
  const evidence = boundedCache<WordEvidence>(mostKept);
  let sheet = new Float32Array();
  return {
    stories: stories.map(({ storyId }) => ({ storyId })),
    index,
    prior,
    taste,
    rows,
    model,
    wordsOf: (facet) => evidence(facet.storyId ?? facet.label, () => weighWords(facet, index)),
    similarities(story, others) {
      const { memory, meanStarts, vectorSize } = rows;
      const start = meanStarts[story]!;
      const own = memory.values.subarray(start, start + vectorSize);
      return memory.products(
        own,
        others.map((other) => meanStarts[other]!),
      );
    },
    bufferFor(readers) {
      const size = readers * stories.length;
      if (sheet.length < size) sheet = new Float32Array(size);
      return sheet.subarray(0, size).fill(0);
    },
    few: createSparseSum(stories.length),
  };
}

/** From +range/2 for the editors' first story down to -range/2 for their last. */
export function curatorsPrior(poolSize: number): Float64Array {
  return Float64Array.from({ length: poolSize }, (_, story) => priorRange * (0.5 - story / Math.max(1, poolSize - 1)));
}
