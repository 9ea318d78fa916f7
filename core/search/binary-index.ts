// vectors -> binary vectors, one bit a number, and the nearest by Hamming distance; pure.
// The share of differing bits grows with the angle between two vectors (Charikar 2002). 100,000 rows of 320 bits take 4 MB
// and are compared in a few milliseconds; the best of them are then ordered by the vectors themselves.
import { itemKinds } from '../item-kinds.ts';
import type { Passage, RowFilter } from '../store/search-hits.ts';
import type { BinaryText } from '../store/search-texts.ts';

/** One bit a number, set where it is above zero; whole words of 32 bits, at least one. */
export function binarise(vector: Float32Array): Uint8Array {
  const bits = new Uint8Array(4 * Math.max(1, Math.ceil(vector.length / 32)));
  vector.forEach((value, at) => {
    if (value > 0) bits[at >> 3]! |= 1 << (at & 7);
  });
  return bits;
}

export interface BinaryIndex {
  /** Adds a text, or replaces the same one. Bits of another length than the first text's are refused by RangeError. */
  set(text: BinaryText): void;
  /** The `count` texts that differ least and pass the filter, the nearest first; of equals those added first. */
  nearest(bits: Uint8Array, count: number, filter?: RowFilter): Passage[];
  readonly size: number;
}

/** Of each text: item, segment, source, year. */
const numbers = 4;
/** Far more than a talk has stretches. */
const mostSegments = 65_536;

/** An index without texts. */
export function createBinaryIndex(): BinaryIndex {
  const rowOf = new Map<number, number>();
  let width = 0;
  let words = new Uint32Array(0);
  let heads = new Int32Array(0);
  let kindAt = new Uint8Array(0);

  function makeRoom(rows: number): void {
    if (rows <= kindAt.length) return;
    const room = Math.max(1024, 2 * rows);
    words = copied(new Uint32Array(room * width), words);
    heads = copied(new Int32Array(room * numbers), heads);
    kindAt = copied(new Uint8Array(room), kindAt);
  }

  function passes({ kind, sourceId, year, items }: RowFilter): Int32Array {
    const asked = kind === undefined ? -1 : itemKinds.indexOf(kind);
    const among = items && new Set(items);
    const rows = new Int32Array(rowOf.size);
    let count = 0;
    for (let row = 0; row < rows.length; row++) {
      const head = row * numbers;
      const isOpen =
        (asked < 0 || kindAt[row] === asked) &&
        (sourceId === undefined || heads[head + 2] === sourceId) &&
        (year === undefined || heads[head + 3] === year) &&
        (among === undefined || among.has(heads[head]!));
      if (isOpen) rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  return {
    get size() {
      return rowOf.size;
    },
    set({ itemId, segment, sourceId, year, kind, bits }) {
      const given = wordsOf(bits);
      if (width === 0) width = given.length;
      if (given.length !== width) throw new RangeError(`bits of ${given.length} words among those of ${width}`);
      const key = itemId * mostSegments + segment;
      const row = rowOf.get(key) ?? rowOf.size;
      rowOf.set(key, row);
      makeRoom(rowOf.size);
      words.set(given, row * width);
      heads.set([itemId, segment, sourceId, year], row * numbers);
      kindAt[row] = itemKinds.indexOf(kind);
    },
    nearest(bits, count, filter) {
      const asked = wordsOf(bits);
      if (asked.length !== width) return [];
      const isFiltered = filter && Object.values(filter).some((value) => value !== undefined);
      const rows = isFiltered ? passes(filter) : undefined;
      return smallest(distances({ words, width, asked, rows, count: rowOf.size }), 32 * width, count).map((at) => {
        const head = (rows ? rows[at]! : at) * numbers;
        return { itemId: heads[head]!, segment: heads[head + 1]! };
      });
    },
  };
}

function copied<Numbers extends Uint32Array | Int32Array | Uint8Array>(larger: Numbers, from: Numbers): Numbers {
  larger.set(from);
  return larger;
}

function distances({
  words,
  width,
  asked,
  rows,
  count,
}: {
  words: Uint32Array;
  width: number;
  asked: Uint32Array;
  rows: Int32Array | undefined;
  count: number;
}): Uint16Array {
  const found = new Uint16Array(rows?.length ?? count);
  for (let at = 0; at < found.length; at++) {
    let offset = (rows ? rows[at]! : at) * width;
    let differing = 0;
    for (let word = 0; word < width; word++) differing += bitsOf(words[offset++]! ^ asked[word]!);
    found[at] = differing;
  }
  return found;
}

/** The bits that are set, by adding neighbours (Hacker's Delight 5-1). */
function bitsOf(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Where the `count` smallest of integers from 0 to `largest` stand, by counting them. */
function smallest(values: Uint16Array, largest: number, count: number): number[] {
  const counts = new Uint32Array(largest + 2);
  for (const value of values) counts[value + 1]!++;
  let limit = 0;
  for (let below = 0; limit < largest && below + counts[limit + 1]! < count; limit++) below += counts[limit + 1]!;
  const found: number[] = [];
  for (let at = 0; at < values.length; at++) if (values[at]! <= limit) found.push(at);
  return found.toSorted((a, b) => values[a]! - values[b]! || a - b).slice(0, count);
}

function wordsOf(bits: Uint8Array): Uint32Array {
  return new Uint32Array(bits.buffer.slice(bits.byteOffset, bits.byteOffset + bits.byteLength));
}
