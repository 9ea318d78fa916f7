// a token -> all that an embedding needs of it, looked up once: its vector, its hashed bucket, its LSA row; pure.
import { idf, numberTerms, termOf, type Fit } from './fit.ts';
import { stopWords } from '../text/stop-words.ts';
import { fnv1a, gramBuckets, isNumber } from '../text/tokens.ts';
import type { WordTable } from './word-table.ts';

interface Entry {
  /** The token's vector times the root of its idf. */
  vector: Float32Array;
  /** Its idf; 0 for stop words, numbers and single letters, which neither hashing nor LSA counts. */
  weight: number;
  /** Its index and sign in a hashed vector (Weinberger et al. 2009). */
  bucket: number;
  sign: number;
  /** Its row in the basis of LSA, -1 for a term without one. */
  basisRow: number;
}

/** Looks tokens up; a token gives the same entry each time. */
export type Lexicon = (token: string) => Entry;

/** 256 buckets; 512 do a little better and make every comparison 1.7 times as long. */
export const hashedDimension = 256;
/** 12 MB; a corpus uses its 20,000 most frequent words for all but a few percent of its tokens. */
const mostKept = 20_000;

/** A lexicon of a table and a fit; it keeps what was asked for. */
export function createLexicon(fit: Fit, table: WordTable): Lexicon {
  const rows = numberWords(table);
  const newWords = new Map(fit.newWords.map((word, at) => [word, at]));
  const terms = numberTerms(fit);
  const kept = new Map<string, Entry>();
  const find = (token: string): Entry => {
    const term = termOf(token);
    const number = terms.get(term);
    const rarity = idf(fit.items, number === undefined ? 0 : fit.frequencies[number]!);
    const hash = fnv1a(term);
    return {
      vector: scaled(vectorOf(token, { rows, newWords, fit, table }), Math.sqrt(rarity)),
      weight: isContent(token) ? rarity : 0,
      bucket: hash % hashedDimension,
      sign: hash & 0x8000_0000 ? -1 : 1,
      basisRow: number !== undefined && (number + 1) * fit.rank <= fit.basis.length ? number : -1,
    };
  };
  return (token) => {
    const known = kept.get(token);
    if (known) return known;
    if (kept.size >= mostKept) kept.clear();
    const found = find(token);
    kept.set(token, found);
    return found;
  };
}

function scaled(vector: Float32Array, scale: number): Float32Array {
  for (let at = 0; at < vector.length; at++) vector[at]! *= scale;
  return vector;
}

/** True for a token that says what a text is about. */
function isContent(token: string): boolean {
  return token.length > 1 && !isNumber(token) && !stopWords.has(token);
}

const numberings = new WeakMap<WordTable, ReadonlyMap<string, number>>();

/** The row of each word of the table. */
export function numberWords(table: WordTable): ReadonlyMap<string, number> {
  const numbering = numberings.get(table) ?? new Map(table.words.map((word, row) => [word, row]));
  numberings.set(table, numbering);
  return numbering;
}

interface Vectors {
  rows: ReadonlyMap<string, number>;
  newWords: ReadonlyMap<string, number>;
  fit: Fit;
  table: WordTable;
}

/** From the table, else from the fit, else the mean of its n-grams; zeros for a number. */
function vectorOf(token: string, { rows, newWords, fit, table }: Vectors): Float32Array {
  const { dimension, words, buckets } = table;
  const vector = new Float32Array(dimension);
  const index = newWords.get(token);
  if (index !== undefined) return fit.newVectors.slice(index * dimension, (index + 1) * dimension);
  if (isNumber(token)) return vector;
  const row = rows.get(token);
  const from = row === undefined ? gramBuckets(token, buckets).map((bucket) => words.length + bucket) : [row];
  for (const each of from) {
    const scale = table.scales[each]! / from.length;
    for (let d = 0; d < dimension; d++) vector[d]! += scale * table.rows[each * dimension + d]!;
  }
  return vector;
}
