// An address as somebody linked it -> the one spelling under which equals meet; pure. Not for fetching.
import { parseUrl } from './parse-url.ts';
import { unwrapUrl } from './unwrap-url.ts';

/** Who sent, through what: of campaigns and mails, of social sites, of the sites themselves. */
const trackers = new RegExp(
  '^(?:utm_.*|mtm_.*|pk_.*|piwik_.*|matomo_.*|wt\\..*|at_.*|ns_.*|oly_.*|hsa_.*|_?hs(enc|mi|_channel)|hss_channel|mc_[ce]id|mkt_tok|vero_id|' +
    'ck_subscriber_id|ml_subscriber.*|s_cid|s_kwcid|cmpid|ncid|ceid|em[cd]i|trk.*|fbclid|mibextid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|' +
    '_ga|_gl|msclkid|yclid|twclid|igshid|igsh|epik|rb_clickid|ref|ref_src|ref_url|referrer|source|feature|si|pp|wprov|smid|smtyp|sk|spm|' +
    'share|share_id|sr_share|r|publication_id|post_id|isFreemail|showWelcome|triedRedirect|guccounter|guce_.*|' +
    '__twitter_impression|amp|outputType)$',
  'i',
);

/** Marks that name a mirror of the page for small screens or for a cache. */
const mirrors = /^(www|m|mobile|amp)\./;

/**
 * Scheme, `www.`, `m.` and `amp.` hosts, tracking parameters, AMP's names, fragments and trailing slashes are dropped,
 * parameters sorted; what only leads to another address is that address.
 * Returns `host/path?query` without a scheme, or undefined for what is not http(s).
 */
export function canonicalUrl(url: string): string | undefined {
  const given = parseUrl(url);
  if (!given || (given.protocol !== 'http:' && given.protocol !== 'https:')) return undefined;
  const place = unwrapUrl(given);
  const { hostname, port, pathname, search, hash } = place;
  const host = oddHost.test(hostname) ? canonicalHost(hostname) : hostname;
  const query = (search === '' ? [] : [...place.searchParams])
    .filter(([name, value]) => !trackers.test(name) && !(name === 'm' && value === '1'))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  // "#!" and "#/" address pages of their own on sites that are one script.
  const part = /^#[!/]/.test(hash) ? hash : '';
  return `${host}${port ? `:${port}` : ''}${oddPath.test(pathname) ? canonicalPath(pathname) : pathname}${query ? `?${query}` : ''}${part}`;
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
  return (path.includes('%') ? withPlainLetters(path) : path)
    .replace(/\/{2,}/g, '/')
    .replace(/^\/amp(?=\/.)/i, '')
    .replace(/\/(amp|index\.(html?|php))\/?$/i, '')
    .replace(/\.amp(?=(\.html?)?$)/i, '')
    .replace(/\/+$/, '');
}

/** RFC 3986, 6.2.2: letters need no percent sign, and what does is in capitals. */
function withPlainLetters(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code.toUpperCase();
  });
}
