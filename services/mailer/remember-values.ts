// What is made of a key is made once: readers share most lines, counts and fragments of their letters.

/** So many are kept. */
const keptValues = 20_000;

/** Keeps what was made of a key, up to `keptValues`. */
export function rememberValues<Key, Rest extends unknown[], Value>(
  make: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const known = new Map<Key, Value>();
  return (key, ...rest) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key, ...rest);
      if (known.size < keptValues) known.set(key, value);
    }
    return value;
  };
}
