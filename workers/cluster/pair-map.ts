// Pairs of numbers -> a number each, in typed arrays: the keys of a Map are boxed beyond 2^31, which 47,000 items squared are.

export interface PairMap {
  /** The value of the pair in either order; undefined when it has none. */
  get(a: number, b: number): number | undefined;
  set(a: number, b: number, value: number): void;
  /** Tells each pair once, the smaller number first. */
  forEach(tell: (a: number, b: number, value: number) => void): void;
}

const free = -1;

/** A map that holds `most` pairs of numbers from 0 to 2^31 - 1; open addressing, at most half full. */
export function pairMap(most: number): PairMap {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * most)));
  const smaller = new Int32Array(size).fill(free);
  const larger = new Int32Array(size);
  const values = new Float32Array(size);
  /** Where the pair stands, or the free slot that it belongs in. */
  const slotOf = (a: number, b: number): number => {
    // Two odd numbers near 2^32 over the golden ratio and over the root of 3 spread neighbours far apart.
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x93cd7c3b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    while (smaller[slot] !== free && (smaller[slot] !== a || larger[slot] !== b)) slot = (slot + 1) & (size - 1);
    return slot;
  };
  return {
    get(a, b) {
      const slot = slotOf(Math.min(a, b), Math.max(a, b));
      return smaller[slot] === free ? undefined : values[slot];
    },
    set(a, b, value) {
      const slot = slotOf(Math.min(a, b), Math.max(a, b));
      smaller[slot] = Math.min(a, b);
      larger[slot] = Math.max(a, b);
      values[slot] = value;
    },
    forEach(tell) {
      for (let slot = 0; slot < size; slot++)
        if (smaller[slot] !== free) tell(smaller[slot]!, larger[slot]!, values[slot]!);
    },
  };
}
