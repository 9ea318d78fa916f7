// A long text in small units -> the units at which its topic changes (TextTiling, Hearst 1997); pure.
// M. A. Hearst, "TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages", Computational Linguistics 23(1).
import { cosine, meanVector } from '../../../core/math/vectors.ts';
import { documentFrequencies, termCosine, termSum, type TermVector } from '../../../core/text/term-vectors.ts';

interface Tiling {
  /** Units compared on each side of a gap; of 20 words each, six are some 50 seconds of speech. */
  block?: number;
  /** Units there are at least between two starts, and before the first. */
  apart?: number;
  /** What each unit is about, as an embedder says; of one dimension. */
  vectors?: readonly Float32Array[] | undefined;
}

/** A valley this shallow (of cosines, 0 to 2) is chance: a text about one thing has no topics. */
const leastDepth = 0.1;

/**
 * The ascending indexes, 1 to `units.length - 1`, of the units that begin another topic than those before them;
 * none in a text of one topic. `units` are successive stretches of roughly equal length. The same units always give
 * the same starts. With `vectors` a gap's similarity is the mean of both cosines: words alone miss that a subject goes on in
 * other words. On stretches of the demo week's talks put together Pk falls from .267 to .247 (test/workers/ingest/segment-talks.test.ts).
 * Takes O(units x (terms + dimension)).
 */
export function findTopicStarts(
  units: readonly TermVector[],
  { block = 6, apart = 4, vectors }: Tiling = {},
): number[] {
  const weighed = weigh(units);
  const gaps = units.slice(1).map((_unit, at) => {
    const ofTerms = termSimilarity(weighed, at + 1, block);
    return vectors ? (ofTerms + vectorSimilarity(vectors, at + 1, block)) / 2 : ofTerms;
  });
  const depths = depthsOf(smooth(gaps));
  const mean = depths.reduce((sum, depth) => sum + depth, 0) / Math.max(1, depths.length);
  const variance = depths.reduce((sum, depth) => sum + (depth - mean) ** 2, 0) / Math.max(1, depths.length);
  const enough = Math.max(leastDepth, mean + Math.sqrt(variance));
  const deepestFirst = depths
    .map((depth, at) => ({ depth, start: at + 1 }))
    .filter(({ depth }) => depth >= enough)
    .toSorted((a, b) => b.depth - a.depth || a.start - b.start);
  const starts: number[] = [];
  // Whose other start, or end of the text, is too near. A talk of a day has thousands of both.
  const isNear = new Uint8Array(units.length + apart);
  const take = (start: number): void => void isNear.fill(1, Math.max(0, start - apart + 1), start + apart);
  take(0);
  take(units.length);
  for (const { start } of deepestFirst) {
    if (isNear[start] === 1) continue;
    starts.push(start);
    take(start);
  }
  return starts.toSorted((a, b) => a - b);
}

/** Words that are everywhere in this text say nothing about where it turns: each counts by how few units have it. */
function weigh(units: readonly TermVector[]): TermVector[] {
  const frequency = documentFrequencies(units.map((unit) => unit.keys()));
  return units.map(
    (unit) => new Map([...unit].map(([term, count]) => [term, count * Math.log(units.length / frequency.get(term)!)])),
  );
}

function termSimilarity(units: readonly TermVector[], gap: number, block: number): number {
  return termCosine(sumOf(units.slice(Math.max(0, gap - block), gap)), sumOf(units.slice(gap, gap + block)));
}

function vectorSimilarity(vectors: readonly Float32Array[], gap: number, block: number): number {
  return cosine(meanVector(vectors.slice(Math.max(0, gap - block), gap)), meanVector(vectors.slice(gap, gap + block)));
}

function sumOf(vectors: readonly TermVector[]): TermVector {
  return termSum(vectors.map((vector) => ({ vector, weight: 1 })));
}

/** The mean of each value and its neighbours. */
function smooth(values: readonly number[]): number[] {
  return values.map((_value, at) => {
    const around = values.slice(Math.max(0, at - 1), at + 2);
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/** How deep each gap lies below the peaks to its left and right; 0 where it is no valley. */
function depthsOf(values: readonly number[]): number[] {
  const left = peaksBefore(values);
  const right = peaksBefore(values.toReversed()).toReversed();
  return values.map((value, at) => {
    const isValley = value <= (values[at - 1] ?? Infinity) && value <= (values[at + 1] ?? Infinity);
    return isValley ? left[at]! + right[at]! - 2 * value : 0;
  });
}

/** For each value the height of the next peak before it: of a plateau, which may be the whole text, in one pass. */
function peaksBefore(values: readonly number[]): number[] {
  const peaks: number[] = [];
  values.forEach((value, at) => peaks.push((values[at - 1] ?? -Infinity) >= value ? peaks[at - 1]! : value));
  return peaks;
}
