// texts -> the words and pairs that more than one of them has, by number; pure.
import { eachTerm } from '../../core/text/terms.ts';

/** One row a text: its shared terms, ascending by number, and how often it has each. */
export interface SharedTerms {
  terms: Int32Array[];
  counts: Uint16Array[];
  /** How many words and pairs each text has, shared or not. */
  lengths: number[];
  /** What the terms were told apart by; the numbers of terms are the indices here. */
  keys: Float64Array;
  /** In how many texts each term is. */
  frequencies: Int32Array;
}

/**
 * Terms are told apart by 53 bits of a hash and not kept as strings: the terms of 50,000 papers would be a map of
 * 5 million (800 MB), their hashes are 100 MB, and two of so many meet with a chance of one in a thousand.
 */
export function shareTerms(texts: readonly string[]): SharedTerms {
  return shareKeys(texts, (text) => {
    const found: number[] = [];
    eachTerm(text, (word, next) => found.push(hashTerm(word, next)));
    return found;
  });
}

/** The same with keys of one's own: of each text those that at least `least` texts have. */
export function shareKeys<Text>(
  texts: readonly Text[],
  keysOf: (text: Text) => readonly number[],
  least = 2,
): SharedTerms {
  const counted = texts.map((text) => countKeys(keysOf(text)));
  const frequencies: number[] = [];
  const shared = sharedOf(
    counted.map(({ keys }) => keys),
    { least, frequencies },
  );
  const rows = counted.map(({ keys, counts }) => numberTerms(keys, { counts, shared }));
  return {
    terms: rows.map(({ terms }) => terms),
    counts: rows.map(({ counts }) => counts),
    lengths: counted.map(({ length }) => length),
    keys: shared,
    frequencies: Int32Array.from(frequencies),
  };
}

interface CountedKeys {
  /** Ascending, each once. */
  keys: Float64Array;
  counts: Uint16Array;
  length: number;
}

function countKeys(found: readonly number[]): CountedKeys {
  const all = Float64Array.from(found).toSorted();
  const counts = new Uint16Array(all.length);
  let kept = 0;
  for (let at = 0; at < all.length; at++) {
    if (at > 0 && all[at] !== all[at - 1]) kept++;
    all[kept] = all[at]!;
    counts[kept]!++;
  }
  const size = all.length === 0 ? 0 : kept + 1;
  return { keys: all.slice(0, size), counts: counts.slice(0, size), length: found.length };
}

/** The keys that at least `least` texts have, ascending; in how many is added to `frequencies`. */
function sharedOf(
  texts: readonly Float64Array[],
  { least, frequencies }: { least: number; frequencies: number[] },
): Float64Array {
  const all = new Float64Array(texts.reduce((sum, keys) => sum + keys.length, 0));
  let filled = 0;
  for (const keys of texts) {
    all.set(keys, filled);
    filled += keys.length;
  }
  all.sort();
  let kept = 0;
  for (let start = 0, end = 0; start < all.length; start = end) {
    while (end < all.length && all[end] === all[start]) end++;
    if (end - start < least) continue;
    // The index is never after `start`, so nothing unread is lost.
    all[kept++] = all[start]!;
    frequencies.push(end - start);
  }
  return all.slice(0, kept);
}

function numberTerms(
  keys: Float64Array,
  { counts, shared }: { counts: Uint16Array; shared: Float64Array },
): { terms: Int32Array; counts: Uint16Array } {
  const terms = new Int32Array(keys.length);
  const kept = new Uint16Array(keys.length);
  let size = 0;
  keys.forEach((wanted, at) => {
    const number = indexOfTerm(shared, wanted);
    if (number < 0) return;
    terms[size] = number;
    kept[size++] = counts[at]!;
  });
  return { terms: terms.slice(0, size), counts: kept.slice(0, size) };
}

/** Where a key stands in the ascending list; -1 when it does not. */
function indexOfTerm(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === wanted) return middle;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const space = 32;

/** Of a word, or of two with a space between: two multiplicative hashes side by side, as MurmurHash3 ends; below 2^53. */
function hashTerm(word: string, next = ''): number {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  const length = next === '' ? word.length : word.length + 1 + next.length;
  for (let at = 0; at < length; at++) {
    const beyond = at - word.length;
    const code = beyond < 0 ? word.charCodeAt(at) : beyond === 0 ? space : next.charCodeAt(beyond - 1);
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (two & 0x1fffff) * 2 ** 32 + (one >>> 0);
}
