// A string -> a URL, or undefined; pure. `URL.canParse` first would parse it twice, eight times an item.

/** Parses `address`, relative to `base` when there is one; undefined when it is no address. */
export function parseUrl(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
