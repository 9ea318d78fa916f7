// corpus -> how much more often than by chance two words stand near one another: positive PMI; pure.
import type { SparseMatrix } from '../randomised-svd.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import type { Corpus } from './corpus.ts';
import { shuffle } from '../../../core/math/shuffle.ts';
import type { Span } from './token-pool.ts';
import type { Vocabulary } from './vocabulary.ts';

const window = 5;
/** Neighbours at distance d count 60/d: whole numbers, so that the sums do not depend on any order. */
const unit = 60;
/** Pairs seen less than once side by side are noise. */
const leastCount = 0.9 * unit;
/** Beyond this more papers change nothing but the time. */
const mostPapers = 110_000;
/** Running text is scarce beside papers and carries everyday words. */
const textRepeats = 3;
/** Context distribution smoothing (Levy, Goldberg, Dagan 2015). */
const smoothing = 0.75;

/** words x words: entry (context, word) is the positive PMI of the two, contexts smoothed. */
export function positivePmi(corpus: Corpus, { words, rowOf }: Vocabulary, seed: number): SparseMatrix {
  const counts = countNeighbours(corpus, rowOf, { size: words.length, seed });
  return weighCounts(counts, words.length);
}

/** Lower triangle, (i, j <= i) at i (i + 1) / 2 + j; 1.2 GB for 24,000 words, four times as fast as a map. */
function countNeighbours(
  corpus: Corpus,
  rowOf: Int32Array,
  { size, seed }: { size: number; seed: number },
): Uint32Array {
  const counts = new Uint32Array((size * (size + 1)) / 2);
  const tokens = corpus.pool.tokens();
  const count = (rows: Int32Array): void => {
    for (let at = 1; at < rows.length; at++) {
      const word = rows[at]!;
      if (word < 0) continue;
      for (let distance = 1; distance <= window && distance <= at; distance++) {
        const other = rows[at - distance]!;
        if (other < 0) continue;
        const [high, low] = word > other ? [word, other] : [other, word];
        counts[(high * (high + 1)) / 2 + low]! += (high === low ? 2 : 1) * (unit / distance);
      }
    }
  };
  const rowsOf = (spans: readonly Span[]): Int32Array =>
    Int32Array.from(spans.flatMap(({ from, to }) => Array.from(tokens.subarray(from, to), (type) => rowOf[type]!)));
  const papers = shuffle(corpus.papers, seededRandom(seed)).slice(0, mostPapers);
  for (const { abstract } of papers) count(rowsOf([abstract]));
  for (const text of corpus.texts) for (let repeat = 0; repeat < textRepeats; repeat++) count(rowsOf([text]));
  for (const { lemmas, gloss } of corpus.synsets) count(rowsOf([...lemmas, gloss]));
  return counts;
}

function weighCounts(counts: Uint32Array, size: number): SparseMatrix {
  const sums = new Float64Array(size);
  forPairs(counts, size, (i, j, count) => {
    sums[i]! += count;
    if (i !== j) sums[j]! += count;
  });
  const smoothed = sums.map((sum) => sum ** smoothing);
  const total = smoothed.reduce((sum, value) => sum + value, 0);
  const pmi = (context: number, word: number, count: number): number =>
    Math.log((count * total) / (sums[word]! * smoothed[context]!));
  const lengths = new Int32Array(size);
  forPairs(counts, size, (i, j, count) => {
    if (pmi(i, j, count) > 0) lengths[i]! += 1;
    if (i !== j && pmi(j, i, count) > 0) lengths[j]! += 1;
  });
  const starts = new Int32Array(size + 1);
  lengths.forEach((length, row) => (starts[row + 1] = starts[row]! + length));
  const indices = new Int32Array(starts[size]!);
  const values = new Float32Array(starts[size]!);
  const filled = starts.slice();
  const put = (context: number, word: number, count: number): void => {
    const value = pmi(context, word, count);
    if (value <= 0) return;
    const at = filled[context]!++;
    indices[at] = word;
    values[at] = value;
  };
  forPairs(counts, size, (i, j, count) => {
    put(i, j, count);
    if (i !== j) put(j, i, count);
  });
  return { rows: size, columns: size, starts, indices, values };
}

function forPairs(counts: Uint32Array, size: number, visit: (i: number, j: number, count: number) => void): void {
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j <= i; j++, at++) if (counts[at]! >= leastCount) visit(i, j, counts[at]!);
  }
}
