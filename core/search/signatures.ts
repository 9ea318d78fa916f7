// vectors -> their signs, a bit each, and the rows whose signs differ least from those of another vector; pure.
// The share of differing signs grows with the angle between two vectors (Charikar 2002). 100,000 rows of 320 bits take 4 MB
// and are compared in a few milliseconds; the best of them are then ordered by the vectors themselves.

/** One bit a number, set where it is above zero; whole words of 32 bits, at least one. */
export function signsOf(vector: Float32Array): Uint8Array {
  const signs = new Uint8Array(4 * Math.max(1, Math.ceil(vector.length / 32)));
  vector.forEach((value, at) => {
    if (value > 0) signs[at >> 3]! |= 1 << (at & 7);
  });
  return signs;
}

export interface Signatures {
  /** Adds a row, or replaces that of the same key. Signs of another length than the first row's are refused by RangeError. */
  set(key: string, signs: Uint8Array): void;
  /** The keys of the `count` rows that differ least, the nearest first; of equals those added first. */
  nearest(signs: Uint8Array, count: number, isOpen?: (key: string) => boolean): string[];
  readonly size: number;
}

/** An empty store of signs. */
export function openSignatures(): Signatures {
  const keys: string[] = [];
  const rowOf = new Map<string, number>();
  let width = 0;
  let words = new Uint32Array(0);

  function makeRoom(rows: number): void {
    if (rows * width <= words.length) return;
    const larger = new Uint32Array(Math.max(1024, 2 * rows) * width);
    larger.set(words);
    words = larger;
  }

  return {
    get size() {
      return keys.length;
    },
    set(key, signs) {
      const given = wordsOf(signs);
      if (width === 0) width = given.length;
      if (given.length !== width) throw new RangeError(`signs of ${given.length} words among those of ${width}`);
      const row = rowOf.get(key) ?? keys.length;
      if (row === keys.length) {
        keys.push(key);
        rowOf.set(key, row);
        makeRoom(keys.length);
      }
      words.set(given, row * width);
    },
    nearest(signs, count, isOpen) {
      const asked = wordsOf(signs);
      if (asked.length !== width) return [];
      const rows = isOpen ? keys.flatMap((key, row) => (isOpen(key) ? [row] : [])) : undefined;
      return smallest(distances({ words, width, asked, rows, count: keys.length }), 32 * width, count).map(
        (at) => keys[rows ? rows[at]! : at]!,
      );
    },
  };
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
  rows: readonly number[] | undefined;
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

function wordsOf(signs: Uint8Array): Uint32Array {
  return new Uint32Array(signs.buffer.slice(signs.byteOffset, signs.byteOffset + signs.byteLength));
}
