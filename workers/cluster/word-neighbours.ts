// texts with weighed words -> for each the others that share most of its rare words: an inverted index; pure.
import { keepNearest, noNeighbours, type Neighbours } from '../../core/math/exact-neighbours.ts';
import type { WeighedWords } from './word-overlap.ts';

/** Words in more texts than this find no neighbours, though they count between neighbours: the search stays linear. */
const longestPostings = 400;

/** For each text of `asked` the `k` others that share most rare words with it. */
export function wordNeighbours(words: WeighedWords, asked: readonly number[], k: number): Neighbours {
  const postings = postingsOf(words, { texts: [...words.terms.keys()], longest: longestPostings });
  const nearest = noNeighbours(asked.length, k);
  const sums = new Float32Array(words.terms.length);
  const touched = new Int32Array(words.terms.length);
  asked.forEach((text, query) => {
    const count = addOverlaps(words, text, { postings, sums, touched });
    const worst = query * k + k - 1;
    for (let at = 0; at < count; at++) {
      const other = touched[at]!;
      const overlap = sums[other]!;
      if (overlap > nearest.cosines[worst]! && other !== text) keepNearest(nearest, query, [other, overlap]);
      sums[other] = 0;
    }
  });
  return nearest;
}

/** A function that gives a text's overlap with each of the same few `others`: many times as quick as pair by pair. */
export function overlapsWith(words: WeighedWords, others: readonly number[]): (text: number) => Float32Array {
  const postings = postingsOf(words, { texts: others, longest: Infinity });
  const sums = new Float32Array(others.length);
  const touched = new Int32Array(others.length);
  return (text) => {
    sums.fill(0);
    addOverlaps(words, text, { postings, sums, touched });
    return sums;
  };
}

/** Which of some texts, by their number, each word occurs in: those of word w from starts[w] to starts[w + 1]. */
interface Postings {
  starts: Int32Array;
  textNumbers: Int32Array;
  shares: Float32Array;
}

/** Typed arrays, since a list of objects a word takes ten times as long to walk. */
function postingsOf(
  { terms, weights, termCount }: WeighedWords,
  { texts, longest }: { texts: readonly number[]; longest: number },
): Postings {
  const starts = new Int32Array(termCount + 1);
  for (const text of texts) for (const term of terms[text]!) starts[term + 1]!++;
  for (let term = 1; term <= termCount; term++) {
    starts[term] = starts[term - 1]! + (starts[term]! > longest ? 0 : starts[term]!);
  }
  const textNumbers = new Int32Array(starts[termCount]!);
  const shares = new Float32Array(starts[termCount]!);
  const next = starts.slice();
  texts.forEach((text, number) => {
    terms[text]!.forEach((term, at) => {
      if (starts[term] === starts[term + 1]) return;
      const free = next[term]!++;
      textNumbers[free] = number;
      shares[free] = weights[text]![at]!;
    });
  });
  return { starts, textNumbers, shares };
}

/** Adds the text's overlap with each text it shares a word with to `sums`; says how many of these it put in `touched`. */
function addOverlaps(
  { terms, weights }: WeighedWords,
  text: number,
  { postings, sums, touched }: { postings: Postings; sums: Float32Array; touched: Int32Array },
): number {
  const { starts, textNumbers, shares } = postings;
  const own = terms[text]!;
  let count = 0;
  for (let at = 0; at < own.length; at++) {
    const term = own[at]!;
    const weight = weights[text]![at]!;
    // A word of every text weighs nothing, and would be touched again and again.
    if (weight === 0) continue;
    for (let entry = starts[term]!, end = starts[term + 1]!; entry < end; entry++) {
      const number = textNumbers[entry]!;
      if (sums[number] === 0) touched[count++] = number;
      sums[number]! += weight * shares[entry]!;
    }
  }
  return count;
}
