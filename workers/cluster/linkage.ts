// items -> the pairs that are about the same thing because they say so: the same identifier; pure.

/** What an item is ("arxiv:1706.03762") and what it links to, in one spelling. */
export interface Linked {
  keys: readonly string[];
  mentions: readonly string[];
}

export type LinkedPair = [earlier: number, later: number];

/** Identifiers of things; beside them an item may link to any number of pages without being about them. */
const thing = /^(?:arxiv|doi|repo|video):/;

/** Identifiers that name none of the items that have them, since one source gives them to several. */
export type NamelessKeys = ReadonlySet<string>;

/** Pairs of items with a key in common: one thing announced twice. */
export function sharedKeys(items: readonly Linked[], nameless: NamelessKeys = new Set()): LinkedPair[] {
  const holders = holdersOf(items, nameless);
  return items.flatMap(({ keys }, index) =>
    [...new Set(keys.map((key) => holders.get(key)))]
      .filter((holder) => holder !== undefined && holder < index)
      .map((holder): LinkedPair => [holder!, index]),
  );
}

/**
 * Pairs of an item and the one thing it mentions, when another item is that thing.
 * An item that mentions several things is a survey and joins none of them.
 */
export function soleMentions(items: readonly Linked[], nameless: NamelessKeys = new Set()): LinkedPair[] {
  const holders = holdersOf(items, nameless);
  return items.flatMap(({ keys, mentions }, index) => {
    const [only, ...more] = new Set(mentions.filter((mention) => thing.test(mention) && !keys.includes(mention)));
    const holder = only === undefined || more.length > 0 ? undefined : holders.get(only);
    if (holder === undefined || holder === index) return [];
    return [[Math.min(holder, index), Math.max(holder, index)] satisfies LinkedPair];
  });
}

/** The first item that is the thing with this key. */
function holdersOf(items: readonly Linked[], nameless: NamelessKeys): Map<string, number> {
  const holders = new Map<string, number>();
  items.forEach(({ keys }, index) => {
    for (const key of keys) if (!holders.has(key) && !nameless.has(key)) holders.set(key, index);
  });
  return holders;
}
