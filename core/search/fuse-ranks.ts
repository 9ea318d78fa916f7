// ranked lists -> one: reciprocal rank fusion (Cormack, Clarke, Buettcher 2009); pure.

/** As in the paper: how little the first ranks differ. */
const k = 60;

/** The keys of all lists by the sum of 1 / (60 + rank), rank from 1, the best first; of equals the one an earlier list has. */
export function fuseRanks<Key>(lists: readonly (readonly Key[])[]): Key[] {
  const scores = new Map<Key, number>();
  for (const list of lists) {
    list.forEach((key, at) => scores.set(key, (scores.get(key) ?? 0) + 1 / (k + at + 1)));
  }
  return [...scores].toSorted(([, a], [, b]) => b - a).map(([key]) => key);
}
