// a list -> the same list in a random order (Fisher & Yates); pure.

/** A shuffled copy; of numbers in an Int32Array another Int32Array. */
export function shuffle(items: Int32Array, random: () => number): Int32Array;
export function shuffle<Item>(items: readonly Item[], random: () => number): Item[];
export function shuffle(items: readonly unknown[] | Int32Array, random: () => number): unknown[] | Int32Array {
  const shuffled = items.slice() as unknown[];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
