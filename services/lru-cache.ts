// A least-recently-used cache (LRU) bounded in bytes: what was asked for longest ago goes first.

export interface LruCache<Value> {
  get(key: string): Value | undefined;
  /** A value larger than the cache is not kept. */
  set(key: string, value: Value): void;
  clear(): void;
}

/** `bytesOf` counts all that a value takes, its key too where somebody else chooses it. */
export function createLruCache<Value>(
  maxBytes: number,
  bytesOf: (key: string, value: Value) => number,
): LruCache<Value> {
  const kept = new Map<string, Value>();
  let bytes = 0;

  function forget(key: string): void {
    const value = kept.get(key);
    if (value === undefined) return;
    kept.delete(key);
    bytes -= bytesOf(key, value);
  }

  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      // Last in the order of a Map, so first to stay.
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      forget(key);
      kept.set(key, value);
      bytes += bytesOf(key, value);
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break;
        forget(oldest);
      }
    },
    clear() {
      kept.clear();
      bytes = 0;
    },
  };
}
