// What was computed for a key -> kept for the next who asks, but for the oldest when there are too many.

/** What `make` gives for a key, made once as long as it is among the `most` that were made last. */
export function boundedCache<Value>(most: number): (key: number | string, make: () => Value) => Value {
  const kept = new Map<number | string, Value>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (kept.size >= most) kept.delete(kept.keys().next().value!);
    kept.set(key, value);
    return value;
  };
}
