// An address as somebody linked it -> the one spelling under which equals meet; pure. Not for fetching.
import { parseUrl } from './parse-url.ts';
import { unwrapUrl } from './unwrap-url.ts';

/** Who sent, through what: names that campaigns, mails and social sites have made for it and that nobody else uses. */
const trackers = new RegExp(
  '^(?:utm_.*|mtm_.*|pk_.*|piwik_.*|matomo_.*|wt\\..*|oly_.*|hsa_.*|_?hs(enc|mi|_channel)|hss_channel|mc_[ce]id|mkt_tok|vero_id|' +
    'ck_subscriber_id|ml_subscriber.*|s_kwcid|fbclid|mibextid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|' +
    '_ga|_gl|msclkid|yclid|twclid|igshid|igsh|rb_clickid|wprov|isFreemail|showWelcome|triedRedirect|guccounter|guce_.*|' +
    '__twitter_impression|dgcid)$',
  'i',
);

/** Mostly the same, but on some sites the page itself: `?post_id=7`, `?r=site/article`, `?source=atlas`. */
const doubtful = new RegExp(
  '^(?:at_.*|ns_.*|s_cid|cmpid|ncid|ceid|em[cd]i|trk.*|epik|ref|ref_src|ref_url|referrer|source|feature|si|pp|smid|smtyp|sk|spm|' +
    'share|share_id|sr_share|r|rss|af|publication_id|post_id|amp|outputType)$',
  'i',
);

/** Marks that name a mirror of the page for small screens or for a cache; "mobile.de" and "amp.dev" are names of their own. */
const mirrors = /^(www|m|mobile|amp)\.(?=[^.]+\.)/;

/** Whether a parameter only tells who sent whom through what. */
export function isTracker(name: string): boolean {
  return trackers.test(name);
}

/** What of an address is kept: what names a page nearly everywhere, or also what may name one on some sites. */
export type KeptParameters = 'usual' | 'whole';

/**
 * Scheme, `www.`, `m.` and `amp.` hosts, tracking parameters, AMP's names, fragments and trailing slashes are dropped,
 * parameters sorted; what only leads to another address is that address. `whole` keeps fragments and doubtful parameters.
 * Returns `host/path?query` without a scheme, or undefined for what is not http(s).
 */
export function canonicalUrl(url: string, extent: KeptParameters = 'usual'): string | undefined {
  const given = parseUrl(url);
  if (!given || (given.protocol !== 'http:' && given.protocol !== 'https:')) return undefined;
  const target = unwrapUrl(given);
  const { hostname, port, pathname, search, hash } = target;
  const host = oddHost.test(hostname) ? canonicalHost(hostname) : hostname;
  const query = (search === '' ? [] : [...target.searchParams])
    .filter(([name, value]) => !trackers.test(name) && (extent === 'whole' || !isDoubtful(name, value)))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  // "#!" and "#/" address pages of their own on sites that are one script.
  const part = /^#[!/]/.test(hash) || (extent === 'whole' && hash.length > 1 && !hash.startsWith('#:~:')) ? hash : '';
  return `${host}${port ? `:${port}` : ''}${oddPath.test(pathname) ? canonicalPath(pathname) : pathname}${query ? `?${query}` : ''}${part}`;
}

/** Whether an address may have something that only `whole` keeps: asked of each item, so by the letters alone. */
export function mayHaveMore(url: string): boolean {
  return url.includes('#') || url.includes('?');
}

function isDoubtful(name: string, value: string): boolean {
  return doubtful.test(name) || (name === 'm' && value === '1');
}

/** What is asked first, since most addresses have nothing to rewrite, and eleven expressions a link take half a second for 100,000. */
const oddHost = /^(?:www|m|mobile|amp)\.|\.m\.|\.$/;
const oddPath = /%|\/\/|amp|index\.|\/$/i;

function canonicalHost(host: string): string {
  return host
    .replace(/\.$/, '')
    .replace(mirrors, '')
    .replace(mirrors, '')
    .replace(/\.m(?=\.[a-z\d-]+\.[a-z]+$)/, '');
}

function canonicalPath(path: string): string {
  return (path.includes('%') ? withPlainCharacters(path) : path)
    .replace(/\/{2,}/g, '/')
    .replace(/^\/amp(?=\/.)/i, '')
    .replace(/\/(amp|index\.(html?|php))\/?$/i, '')
    .replace(/\.amp(?=(\.html?)?$)/i, '')
    .replace(/(?<!\/)\/+$/, '');
}

/** RFC 3986, 6.2.2: letters need no percent sign, and what does is in capitals. */
function withPlainCharacters(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code.toUpperCase();
  });
}
