// Pages that are the same for everybody as long as what they show is: rendered once in this process, kept up to a number of bytes.

export type KeptPages = (key: string, make: () => Promise<string>) => Promise<Buffer>;

/**
 * Returns what answers from its store or makes the page; those that were not asked for longest go first. Who asks while a
 * page is being made waits for it, and what failed is made again. A page larger than the store is made each time.
 */
export function keepPages(maxBytes: number): KeptPages {
  const kept = new Map<string, Buffer>();
  const making = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  function store(key: string, page: Buffer): void {
    kept.set(key, page);
    bytes += page.length;
    for (const [oldest, { length }] of kept) {
      if (bytes <= maxBytes) break;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  return async (key, make) => {
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const begun = making.get(key);
    if (begun) return begun;
    const made = make().then((html) => Buffer.from(html, 'utf8'));
    making.set(key, made);
    try {
      const page = await made;
      store(key, page);
      return page;
    } finally {
      making.delete(key);
    }
  };
}
