// The pool of an issue -> what every reader's ranking needs, computed once: the index, evidence and similarities.
import { indexDocuments, type Bm25Index } from './bm25.ts';
import { dot, weighFacet, type Evidence } from './evidence.ts';
import type { Facet } from './profile.ts';

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
  /** The evidence of a facet over the pool; readers who want the same thing share it. */
  evidenceOf(facet: Facet): Evidence;
  /** Cosine of two stories' mean vectors, by their places in `stories`; 0 without vectors. */
  similarity(left: number, right: number): number;
}

/** Prepares a pool; two arrays of pool size are kept for each distinct facet, so a pool serves one run and is dropped. */
export function preparePool(stories: readonly PoolStory[]): Pool {
  const index = indexDocuments(stories.map((story) => story.terms));
  const vectors = stories.map((story) => story.vectors);
  const means = vectors.map(meanVector);
  const known = new Map<string, Evidence>();
  return {
    stories,
    index,
    evidenceOf(facet) {
      const evidence = known.get(facet.key) ?? weighFacet(facet, { index, vectors });
      known.set(facet.key, evidence);
      return evidence;
    },
    similarity(left, right) {
      const [one, other] = [means[left], means[right]];
      return one && other ? dot(one, other) : 0;
    },
  };
}

/** The mean of unit vectors, brought back to unit length; undefined for none. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array | undefined {
  const [first] = vectors;
  if (!first) return undefined;
  const mean = new Float32Array(first.length);
  for (const vector of vectors) vector.forEach((value, place) => (mean[place]! += value));
  const norm = Math.sqrt(dot(mean, mean)) || 1;
  return mean.map((value) => value / norm);
}
