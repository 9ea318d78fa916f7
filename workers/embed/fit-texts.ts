// the items of this installation -> a fit: frequencies, mean, vectors of new words, LSA directions; pure.
import { addWords } from '../../core/embedder/embedded.ts';
import { addScaled, meanVector, normalise, scaleTo } from '../../core/math/vectors.ts';
import { emptyFit, termOf, type Fit } from '../../core/embedder/fit.ts';
import { numberWords, createLexicon, type Lexicon } from '../../core/embedder/lexicon.ts';
import { randomisedSvd, type SparseMatrix } from './randomised-svd.ts';
import { countTokens, isNumber } from '../../core/text/tokens.ts';
import type { WordTable } from '../../core/embedder/word-table.ts';
import { documentFrequencies } from '../../core/text/term-vectors.ts';

type Counts = ReadonlyMap<string, number>;

/** From about 3,000 items on, a corpus says things of its words that the table does not. */
const smallestForLsa = 3_000;
const lsaRank = 128;
/** Rarer terms are in too few items to have a direction. */
const lsaTerms = 8_000;
/** 300 kB of a stored fit; a rarer term is worth as much as an unknown one. */
const mostTerms = 30_000;
/** A word in three items has company enough to be known by. */
const leastItems = 3;
/** 4 MB of a stored fit. */
const mostNewWords = 8_000;

/** Learns from the texts of the corpus; the same texts and table give the same fit, bit for bit. */
export function fitTexts(texts: readonly string[], table: WordTable): Fit {
  if (texts.length === 0) return emptyFit(table);
  const counted = texts.map(countTokens);
  const weighed: Fit = { ...emptyFit(table), items: texts.length, ...countTerms(counted) };
  const named: Fit = { ...weighed, ...learnWords(counted, weighed, table) };
  const fit: Fit = { ...named, mean: meanVector(denseVectors(counted, createLexicon(named, table), table.dimension)) };
  if (texts.length < smallestForLsa) return fit;
  const columns = Math.min(lsaTerms, fit.terms.length);
  const lexicon = createLexicon({ ...fit, rank: 1, basis: new Float32Array(columns) }, table);
  const matrix = { columns, ...tfIdfRows(counted, lexicon) };
  return { ...fit, rank: lsaRank, basis: randomisedSvd(matrix, { rank: lsaRank, seed: 1 }).vectors };
}

function countTerms(counted: readonly Counts[]): Pick<Fit, 'terms' | 'frequencies'> {
  const found = documentFrequencies(counted.map((counts) => new Set(Array.from(counts.keys(), termOf))));
  const kept = mostFrequent(found, { least: 2, most: mostTerms });
  return { terms: kept.map(([term]) => term), frequencies: kept.map(([, frequency]) => frequency) };
}

function mostFrequent(
  found: Map<string, number>,
  { least, most }: { least: number; most: number },
): [string, number][] {
  return [...found]
    .filter(([, frequency]) => frequency >= least)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, most);
}

function denseVectors(counted: readonly Counts[], lexicon: Lexicon, dimension: number): Float32Array[] {
  return counted.map((counts) => normalise(addWords(new Float32Array(dimension), counts, lexicon)));
}

/** A new word's vector is the mean of its items', less the mean of all, as long as a word of the table is on average. */
function learnWords(counted: readonly Counts[], fit: Fit, table: WordTable): Pick<Fit, 'newWords' | 'newVectors'> {
  const known = numberWords(table);
  const unknown = counted.map((counts) => [...counts.keys()].filter((token) => !known.has(token) && !isNumber(token)));
  const kept = mostFrequent(documentFrequencies(unknown), { least: leastItems, most: mostNewWords });
  const rows = new Map(kept.map(([token], at) => [token, at]));
  const vectors = denseVectors(counted, createLexicon(fit, table), table.dimension);
  const mean = meanVector(vectors);
  const newVectors = new Float32Array(kept.length * table.dimension);
  const rowAt = (row: number): Float32Array => newVectors.subarray(row * table.dimension, (row + 1) * table.dimension);
  unknown.forEach((tokens, item) => {
    const centred = addScaled(vectors[item]!.slice(), mean, -1);
    for (const token of tokens) {
      const row = rows.get(token);
      if (row !== undefined) addScaled(rowAt(row), centred, 1);
    }
  });
  const length = meanLength(table);
  kept.forEach((_, row) => {
    scaleTo(rowAt(row), length);
  });
  return { newWords: kept.map(([token]) => token), newVectors };
}

function meanLength({ words, dimension, scales, rows }: WordTable): number {
  let sum = 0;
  for (let row = 0; row < words.length; row++) {
    let square = 0;
    for (let d = 0; d < dimension; d++) square += rows[row * dimension + d]! ** 2;
    sum += scales[row]! * Math.sqrt(square);
  }
  return sum / words.length;
}

/** Items x first terms; each row of length 1. Tokens of one term are apart, which the product takes as a sum. */
function tfIdfRows(counted: readonly Counts[], lexicon: Lexicon): Omit<SparseMatrix, 'columns'> {
  const starts = new Int32Array(counted.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  counted.forEach((counts, item) => {
    const entries = Array.from(counts, ([token, count]) => {
      const { basisRow, weight } = lexicon(token);
      return { term: basisRow, value: weight * (1 + Math.log(count)) };
    }).filter(({ term, value }) => term >= 0 && value > 0);
    const length = Math.sqrt(entries.reduce((sum, { value }) => sum + value * value, 0));
    for (const { term, value } of entries) {
      indices.push(term);
      values.push(value / length);
    }
    starts[item + 1] = indices.length;
  });
  return { rows: counted.length, starts, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
