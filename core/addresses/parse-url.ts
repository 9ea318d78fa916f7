// A string -> a URL, or undefined; pure. `URL.canParse` first would parse it twice, eight times an item.

/** Parses `address`, relative to `base` when there is one; undefined when it is no address. */
export function parseUrl(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}

/** The same of what can be a page: by http or https, at a host with a dot in its name. */
export function webUrl(address: string): URL | undefined {
  const url = parseUrl(address);
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url : undefined;
}
