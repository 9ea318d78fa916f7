// The pool of an issue -> what every reader's ranking needs, computed once: the index, rows of numbers, similarities.
import { indexDocuments, type Bm25Index } from './bm25.ts';
import { weighWords, type WordEvidence } from './evidence.ts';
import { layRows, type PoolRows } from './lay-rows.ts';
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
  /** Cosines of a story's mean vector with those of others, by their places in `stories`; 0 without vectors. */
  similarities(place: number, others: Int32Array): Float32Array;
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
const mostKept = 60_000;

/** Prepares a pool; the words of each distinct facet are kept, so a pool serves one issue and is dropped. */
export function preparePool(
  stories: readonly PoolStory[],
  { model, prior = editorsPrior(stories.length), taste = new Float64Array(stories.length) }: PoolOptions = {},
): Pool {
  const index = indexDocuments(stories.map((story) => story.terms));
  const rows = layRows(stories, { model, prior, taste });
  const known = new Map<number | string, WordEvidence>();
  return {
    stories,
    index,
    prior,
    taste,
    rows,
    model,
    wordsOf(facet) {
      const kept = known.get(facet.storyId ?? facet.label);
      if (kept) return kept;
      const words = weighWords(facet, index);
      if (known.size >= mostKept) known.clear();
      known.set(facet.storyId ?? facet.label, words);
      return words;
    },
    similarities(place, others) {
      const { board, meanStarts, vectorSize } = rows;
      const start = meanStarts[place]!;
      const own = board.values.subarray(start, start + vectorSize);
      return board.products(
        own,
        others.map((other) => meanStarts[other]!),
      );
    },
    few: sparseSum(stories.length),
  };
}

/** From +range/2 for the editors' first story down to -range/2 for their last. */
export function editorsPrior(poolSize: number): Float64Array {
  return Float64Array.from({ length: poolSize }, (_, story) => priorRange * (0.5 - story / Math.max(1, poolSize - 1)));
}
