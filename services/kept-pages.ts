// Pages that are the same for everybody as long as what they show is: rendered once in this process, kept up to a number of bytes.
import { createLruCache } from './lru-cache.ts';

export type KeptPages = (key: string, make: () => Promise<string>) => Promise<Buffer>;

/**
 * Returns what answers from its store or makes the page; those that were not asked for longest go first. Who asks while a
 * page is being made waits for it, and what failed is made again. A page larger than the store is made each time.
 */
export function keepPages(maxBytes: number): KeptPages {
  const kept = createLruCache<Buffer>(maxBytes, (_key, page) => page.length);
  const making = new Map<string, Promise<Buffer>>();

  return async (key, make) => {
    const known = kept.get(key);
    if (known) return known;
    const begun = making.get(key);
    if (begun) return begun;
    const made = make().then((html) => Buffer.from(html, 'utf8'));
    making.set(key, made);
    try {
      const page = await made;
      kept.set(key, page);
      return page;
    } finally {
      making.delete(key);
    }
  };
}
