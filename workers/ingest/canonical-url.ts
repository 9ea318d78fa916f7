// An address as somebody linked it -> the one spelling under which equals meet; pure. Not for fetching.
import { parseUrl } from './parse-url.ts';

const trackers =
  /^(utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|_hs(enc|mi)|mkt_tok|vero_id|ref|ref_src|referrer|source|feature|si|pp|ck_subscriber_id|s_cid|cmpid|ncid|guccounter|__twitter_impression|spm|share|r|publication_id|post_id|isFreemail|triedRedirect|amp|outputType)$/i;

/** Marks that name a mirror of the page for small screens or for a cache. */
const mirrors = /^(www|m|mobile|amp)\./;

/**
 * Scheme, `www.`, `m.` and `amp.` hosts, tracking parameters, fragments and trailing slashes are dropped, parameters sorted.
 * Returns `host/path?query` without a scheme, or undefined for what is not http(s).
 */
export function canonicalUrl(url: string): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  const { protocol, hostname, port, pathname, search, hash } = parsed;
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const host = hostname.toLowerCase().replace(/\.$/, '').replace(mirrors, '').replace(mirrors, '');
  const query = [...(search === '' ? [] : parsed.searchParams)]
    .filter(([name]) => !trackers.test(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  const path = pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/(amp|index\.(html?|php))\/?$/i, '')
    .replace(/\/+$/, '');
  // "#!" and "#/" address pages of their own on sites that are one script.
  const place = /^#[!/]/.test(hash) ? hash : '';
  return `${host}${port ? `:${port}` : ''}${path}${query ? `?${query}` : ''}${place}`;
}
