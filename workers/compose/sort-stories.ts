// stories with vectors -> how likely each belongs to each section, from described labels and curators' corrections; pure.
import { exactNearestRows, rowsOf } from '../../core/math/exact-nearest-rows.ts';
import { spreadLabels } from './label-spreading.ts';

export interface SortingTask {
  /** One unit-length vector a story. */
  stories: readonly Float32Array[];
  /** One unit-length vector a section: that of its description. */
  sections: readonly Float32Array[];
  /** Stories, of this week or earlier, that a curator put into a section. */
  known: readonly { vector: Float32Array; section: number; kind: number }[];
  /** The kind of each story, a row of `expected`. */
  kinds: readonly number[];
  /** What the kind alone says: kinds x sections, each row a distribution; 0 for a section that only a curator gives it. */
  expected: readonly (readonly number[])[];
  /** False to leave the graph out, which shows what it is worth. */
  graph?: boolean;
}

/** Stories that an expectation is worth against what the week itself says. */
const expectedWeight = 50;
/** Softmax over cosines in standard deviations; on 2,124 BBC articles 1 to 3 do alike. */
const sharpness = 2;
const neighbours = 15;
/**
 * Temperature scaling (Guo et al. 2017), as an exponent: spreading over neighbours makes all rows flatter than they are right. On both halves of 2,124
 * BBC articles 2.5 takes the calibration error from .25 to .02 (described sections) and from .17 to .08 (bare names).
 */
const sureness = 2.5;
/** A correction weighs as much as this many guesses, since it is none. */
const correctionWeight = 20;
const rounds = 25;

/**
 * Row-major stories x sections, each row a distribution. Zero-shot: the cosine of story and description. The prior of
 * each kind of story is estimated from the week by EM (Saerens, Latinne, Decaestecker 2002), guesses and corrections spread
 * over the graph of neighbours (Zhou et al. 2004), and the priors weigh what arrives.
 */
export function sortStories(task: SortingTask): Float32Array {
  const { stories, sections, known, expected } = task;
  if (stories.length === 0) return new Float32Array(0);
  const kinds = [...task.kinds, ...known.map(({ kind }) => kind)];
  const vectors = [...stories, ...known.map(({ vector }) => vector)];
  const evidence = { kinds, expected, known: new Map(known.map(({ section }, at) => [stories.length + at, section])) };
  const width = sections.length;
  const zeroShot = softmax(cosines(vectors, sections), width);
  const rows = stories.length * width;
  const priors = estimatePriors(zeroShot, evidence);
  if (task.graph === false) return sharpened(applyPriors(zeroShot, priors, evidence), width).slice(0, rows);
  const seeds = Float32Array.from(zeroShot);
  for (const [row, section] of evidence.known) {
    for (let at = 0; at < width; at++) seeds[row * width + at] = at === section ? correctionWeight : 0;
  }
  const spread = spreadLabels(seeds, { width, nearest: exactNearestRows(rowsOf(vectors), neighbours) });
  // The priors come last: a talk among papers must not take theirs.
  return sharpened(applyPriors(spread, priors, evidence), width).slice(0, rows);
}

function sharpened(rows: Float32Array, width: number): Float32Array {
  return eachRow(rows, width, (row) => row.map((share) => share ** sureness));
}

/**
 * In standard deviations within a section, pooled. Not standardised by section: that would make all as common as each
 * other, which is what the prior is estimated for.
 */
function cosines(vectors: readonly Float32Array[], sections: readonly Float32Array[]): Float32Array {
  const scores = new Float32Array(vectors.length * sections.length);
  let variance = 0;
  sections.forEach((section, at) => {
    const own = vectors.map((vector) => vector.reduce((sum, value, index) => sum + value * section[index]!, 0));
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    variance += own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length / sections.length;
    own.forEach((value, row) => (scores[row * sections.length + at] = value));
  });
  const deviation = Math.sqrt(variance) || 1;
  return scores.map((score) => score / deviation);
}

function softmax(scores: Float32Array, width: number): Float32Array {
  return eachRow(scores, width, (row) => row.map((score) => Math.exp(sharpness * score)));
}

interface Evidence {
  kinds: readonly number[];
  expected: readonly (readonly number[])[];
  /** Row -> the section a curator gave it. */
  known: ReadonlyMap<number, number>;
}

/**
 * The prior of each kind, kinds x sections, that agrees with the rows it leads to. What a kind lets one expect is moved by corrections alone:
 * moved by guesses too, it led 426 of the 1,443 stories of a real week to Tools, Verizon and wounds among them.
 */
function estimatePriors(likelihoods: Float32Array, given: Evidence): number[][] {
  const { kinds, expected, known } = given;
  const isOpen = expected.map((row) => new Set(row).size === 1);
  const width = expected[0]!.length;
  let priors = expected.map((row) => [...row]);
  for (let round = 0; round < rounds; round++) {
    const posteriors = applyPriors(likelihoods, priors, given);
    const sums = expected.map((row) => row.map((share) => share * expectedWeight));
    kinds.forEach((kind, row) => {
      if (!isOpen[kind] && !known.has(row)) return;
      for (let at = 0; at < width; at++) sums[kind]![at]! += posteriors[row * width + at]!;
    });
    priors = sums.map(shares);
  }
  return priors;
}

/** Each row times the prior of its kind; of what a curator sorted, that. */
function applyPriors(likelihoods: Float32Array, priors: readonly number[][], { kinds, known }: Evidence): Float32Array {
  return eachRow(likelihoods, priors[0]!.length, (row, number) => {
    const section = known.get(number);
    if (section !== undefined) return row.map((_, at) => (at === section ? 1 : 0));
    return row.map((value, at) => value * priors[kinds[number]!]![at]!);
  });
}

/** Replaces each row by what `change` makes of it, scaled to sum to 1. */
function eachRow(
  values: Float32Array,
  width: number,
  change: (row: number[], number: number) => number[],
): Float32Array {
  const changed = new Float32Array(values.length);
  for (let start = 0, number = 0; start < values.length; start += width, number++) {
    changed.set(shares(change([...values.subarray(start, start + width)], number)), start);
  }
  return changed;
}

function shares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}
