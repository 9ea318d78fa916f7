// An address that only leads to another (a cache for phones, a page in between, an archive) -> where it leads; pure.
import { webUrl } from './parse-url.ts';

/** Hosts and paths of pages in between, and the parameter that says where they lead. */
const between: [host: RegExp, path: RegExp, parameter: string][] = [
  [/^(www\.)?google\.[a-z.]{2,6}$/, /^\/url$/, 'q'],
  [/^(www\.)?google\.[a-z.]{2,6}$/, /^\/url$/, 'url'],
  [/^lm?\.facebook\.com$/, /^\/l\.php$/, 'u'],
  [/^(www\.)?youtube\.com$/, /^\/redirect$/, 'q'],
  [/^out\.reddit\.com$/, /^\//, 'url'],
  [/^(www\.)?linkedin\.com$/, /^\/redir\/redirect$/, 'url'],
  [/^steamcommunity\.com$/, /^\/linkfilter\/?$/, 'url'],
];

/** Google's caches of AMP pages name host and path in their own; "s/" stands for https. The Wayback Machine has the whole. */
const wrapped =
  /^(?:(?:www\.)?google\.[a-z.]{2,6}\/amp\/(?:s\/)?|[\w-]+\.cdn\.ampproject\.org\/[cvi]\/(?:s\/)?|web\.archive\.org\/web\/\d+[a-z_]*\/(?:https?:\/\/?)?)(.+)$/;

/** Follows such addresses within themselves, three times at most; any other comes back as it is. */
export function unwrapUrl(url: URL): URL {
  let here = url;
  for (let step = 0; step < 3; step++) {
    const next = nextOf(here);
    if (next === undefined) break;
    here = next;
  }
  return here;
}

function nextOf(url: URL): URL | undefined {
  const { hostname, pathname, search } = url;
  const inside = wrapped.exec(hostname + pathname)?.[1];
  if (inside !== undefined) return webUrl(`https://${inside}${search}`);
  if (search === '') return undefined;
  const page = between.find(
    ([host, path, parameter]) => host.test(hostname) && path.test(pathname) && url.searchParams.has(parameter),
  );
  return page && webUrl(url.searchParams.get(page[2])!);
}
