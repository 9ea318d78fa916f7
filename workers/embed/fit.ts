// the own corpus -> what the embedded embedder knows of it: how common each term is, and the LSA directions; pure.
import { leadingDirections, type SparseRow } from './lsa.ts';
import { countTerms } from './terms.ts';

/** What was learned from the own items. `basis` is row-major, `terms.length` x `rank`; rank 0 before there was enough. */
export interface Fit {
  items: number;
  terms: string[];
  /** In how many items each term occurs. */
  frequencies: number[];
  rank: number;
  basis: Float32Array;
}

/** The fit of an empty corpus: every term weighs the same. */
export const emptyFit: Fit = { items: 0, terms: [], frequencies: [], rank: 0, basis: new Float32Array(0) };

/** From 60 items on LSA finds directions that mean something; below, it would repeat single items. */
const smallestForLsa = 60;
const largestRank = 128;
/** The most frequent terms; a rarer one is worth as much as an unknown one. */
const largestVocabulary = 8_000;
/** A pair of neighbouring words says the same as its words, only more exactly. */
const pairWeight = 0.5;

/** Learns from the texts of the corpus; the same texts give the same fit, bit for bit. */
export function fitTexts(texts: readonly string[]): Fit {
  const counted = texts.map(countTerms);
  const found = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) found.set(term, (found.get(term) ?? 0) + 1);
  const kept = [...found]
    .filter(([, frequency]) => frequency > 1)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, largestVocabulary);
  const fit: Fit = {
    ...emptyFit,
    items: texts.length,
    terms: kept.map(([term]) => term),
    frequencies: kept.map(([, frequency]) => frequency),
  };
  const rank = texts.length < smallestForLsa ? 0 : Math.min(largestRank, Math.floor(texts.length / 3), kept.length);
  if (rank === 0) return fit;
  const weigh = termWeights(fit);
  const rows = counted.map((counts) => sparseRow(weigh(counts), fit));
  return { ...fit, rank, basis: leadingDirections(rows, { termCount: fit.terms.length, rank, seed: 1 }) };
}

const numberings = new WeakMap<Fit, Map<string, number>>();

/** The number of each known term. */
export function numberTerms(fit: Fit): ReadonlyMap<string, number> {
  let numbering = numberings.get(fit);
  if (!numbering) {
    numbering = new Map(fit.terms.map((term, index) => [term, index]));
    numberings.set(fit, numbering);
  }
  return numbering;
}

/** Weighs counted terms: (1 + ln tf) x smoothed idf, as fitted. */
export function termWeights(fit: Fit): (counts: ReadonlyMap<string, number>) => Map<string, number> {
  const numbers = numberTerms(fit);
  return (counts) => {
    const weights = new Map<string, number>();
    for (const [term, count] of counts) {
      const number = numbers.get(term);
      const frequency = number === undefined ? 0 : fit.frequencies[number]!;
      const idf = 1 + Math.log((1 + fit.items) / (1 + frequency));
      weights.set(term, (1 + Math.log(count)) * idf * (term.includes(' ') ? pairWeight : 1));
    }
    return weights;
  };
}

function sparseRow(weights: ReadonlyMap<string, number>, fit: Fit): SparseRow {
  const numbers = numberTerms(fit);
  const known = [...weights].flatMap(([term, weight]) => {
    const number = numbers.get(term);
    return number === undefined ? [] : [{ number, weight }];
  });
  const length = Math.sqrt(known.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
  return {
    terms: Int32Array.from(known, ({ number }) => number),
    weights: Float32Array.from(known, ({ weight }) => weight / length),
  };
}
