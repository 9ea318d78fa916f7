// The pool of an issue -> what every reader's ranking needs, computed once: the index, rows of numbers, similarities.
import { indexDocuments, type Bm25Index } from './bm25.ts';
import { weighPhraseWords, type WordEvidence } from './evidence.ts';
import { indexPhrases, type StoryWords } from './phrase-index.ts';
import { weighInterest, type InterestEvidence } from './weigh-interest.ts';
import { layRows, type PoolRows, type PoolStory } from './lay-rows.ts';
import type { OpenModel } from './model/rank-model.ts';
import { boundedCache } from './bounded-cache.ts';
import { findHolding } from '../../core/text/holding-terms.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';
import type { Facet } from './profile.ts';
import { createSparseSum, type SparseSum } from './sparse-sum.ts';

export interface Pool {
  /** In the editors' order; their texts and vectors are in the index and the rows. */
  stories: readonly { storyId: number; topic?: string; sources?: number }[];
  index: Bm25Index;
  /** What each story gets before anything is known of a reader: the editors' order; and what the curators' taste adds for a thin profile. */
  prior: Float64Array;
  taste: Float64Array;
  rows: PoolRows;
  model: OpenModel | undefined;
  /** The words of a facet over the pool; readers who want the same thing share them. */
  wordsOf(facet: Pick<Facet, 'storyId' | 'label' | 'kind' | 'terms'>): WordEvidence;
  /** The same of a stated interest, with what of it stands where. */
  interest(words: string): InterestEvidence;
  /** Whether the name of a story's topic has all words of an interest. */
  isNamedByTopic(words: string, story: number): boolean;
  /** Whether the pool has anything for an interest: its words, or a vector near its own. */
  answers(facet: Pick<Facet, 'label' | 'vector'>): boolean;
  /** The cosine of a vector with the nearest of each story's, for some stories; 0 without vectors. */
  cosines(vector: Float32Array | undefined, places: Int32Array): Float32Array;
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

/**
 * A cosine of an interest and a story from which on they are close. Of 18 phrases that nobody wrote about, in two weeks of 1,200 to
 * 1,400 stories each, half reach .34 at most and the other half .39.
 */
export const leastCloseness = 0.45;

/** Words of facets, at some 2 KB each. */
const mostKept = 60_000;

/** Prepares a pool; the words of facets are kept, so a pool serves one issue and is dropped. */
export function preparePool(
  stories: readonly PoolStory[],
  { model, prior = curatorsPrior(stories.length), taste = new Float64Array(stories.length) }: PoolOptions = {},
): Pool {
  const index = indexDocuments(stories.map((story) => story.terms));
  const rows = layRows(stories, { model, prior, taste });
  const phrases = indexPhrases(stories.map(wordsOf));
  const evidence = boundedCache<WordEvidence>(mostKept);
  const interests = boundedCache<InterestEvidence>(mostKept);
  const answered = boundedCache<boolean>(mostKept);
  const interest = (words: string): InterestEvidence => interests(words, () => weighInterest(words, phrases));
  const namedBy = boundedCache<ReadonlySet<number>>(mostKept);
  const holdingTopic = findHolding(stories.map(({ topic = '' }) => tokenize(topic)));
  const cosinesOf = (vector: Float32Array | undefined, places: Int32Array): Float32Array => {
    if (rows.vectorSize === 0 || vector?.length !== rows.vectorSize) return new Float32Array(places.length);
    return Float32Array.from(places, (story) => nearest(rows.memory.products(vector, rows.rowStarts.subarray(rows.starts[story], rows.starts[story + 1])))); // prettier-ignore
  };
  const isNear = (vector: Float32Array | undefined): boolean =>
    rows.vectorSize > 0 && vector?.length === rows.vectorSize && nearest(rows.memory.products(vector, rows.rowStarts)) >= leastCloseness; // prettier-ignore
  let sheet = new Float32Array();
  return {
    stories: stories.map(({ storyId, topic = '', sources = 1 }) => ({ storyId, topic, sources })),
    index,
    prior,
    taste,
    rows,
    model,
    wordsOf: (facet) =>
      facet.kind === 'interest'
        ? interest(facet.label)
        : evidence(facet.storyId ?? facet.label, () => weighPhraseWords(facet, index)),
    interest,
    isNamedByTopic: (words, story) => namedBy(words, () => new Set(holdingTopic(words))).has(story),
    answers: ({ label, vector }) => answered(label, () => interest(label).isWrittenAbout || isNear(vector)),
    cosines: cosinesOf,
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

function wordsOf({ words, terms }: PoolStory): StoryWords {
  if (words) return words;
  const none = { terms: [], words: [], positions: [] };
  return { title: none, text: { terms: [...terms], words: [...terms], positions: [...terms.keys()] } };
}

function nearest(cosines: Float32Array): number {
  return cosines.reduce((most, cosine) => Math.max(most, cosine), -1);
}
