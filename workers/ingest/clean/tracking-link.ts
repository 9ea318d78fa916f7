// a link as a newsletter sends it to one reader -> where it leads, without what names the reader; pure, nothing is asked.
import { isTracker } from '../../../core/addresses/canonical-url.ts';
import { parseUrl, webUrl } from '../../../core/addresses/parse-url.ts';
import { percentDecode } from '../../../core/addresses/percent-decode.ts';

/** Parameters in which services that count clicks say where a link leads. */
const targets = 'url u q target to dest destination redirect redirect_url redirect_uri link l r'.split(' ');
/** Labels of such services' hosts, with a number behind them or not; the second only with one. */
const labels = new Set('click clicks track tracking trk link links lnk email mail ct e t r'.split(' '));
const numberedLabels = new Set('url u em'.split(' '));
/** Parts of their hosts' names, and paths; what of theirs cannot be unwrapped tells who clicked and nothing else. */
const services =
  'list-manage.com sendgrid.net awstrack.me hubspotlinks mandrillapp.com sparkpostmail convertkit-mail mailerlite klclick safelinks.protection.outlook.com urldefense.com urldefense.proofpoint.com'.split(
    ' ',
  );
const clickPath = /^\/(?:redirect|click|track|cl0|ss\/c|ls\/click|lt|c\/|e\/c|r\/)/i;
/** Parameters that name one reader or one mail. */
const readers =
  /^(?:e?mail|email_?(?:id|address)|subscriber.*|sub_?id|contact.*|recipient.*|user_?id|uid|member.*|token|jwt|key|sig|signature|hash|eid|cid|mid|_bhlid|ck_subscriber_id|sid|s_id|__s|isfreemail|publication_id|post_id|triedredirect|j)$/i;
/** So long a run of letters and digits is no word of anybody's address. */
const longToken = 40;
const isDigit = /\d/;
const steps = 4;

export interface LinkRecipient {
  /** Addresses of whoever the mail was sent to. */
  addresses: readonly string[];
}

/**
 * Where a link leads: out of parameters, encoded parts of a path and base64, four services deep; then without parameters that
 * name the reader. Undefined where only the service knows.
 */
export function unwrapTracking(address: string, { addresses }: LinkRecipient): string | undefined {
  let url = parseUrl(address);
  for (let step = 0; url && step < steps; step++) {
    const next = targetOf(url);
    if (next === undefined) break;
    url = next;
  }
  if (!url || !/^https?:$/.test(url.protocol) || isOpaque(url)) return undefined;
  const namesReader = ([name, value]: [string, string]): boolean =>
    readers.test(name) || isTracker(name) || addresses.some((one) => holds(value, one));
  const personal = Array.from(url.searchParams).filter(namesReader);
  for (const [name] of personal) url.searchParams.delete(name);
  if (addresses.some((one) => holds(url.href, one))) return undefined;
  return url.href;
}

function targetOf(url: URL): URL | undefined {
  // Proofpoint, version 3: "/v3/__https://a.example/b__;!!..."
  const defended = /^\/v3\/__(.+?)__;/.exec(url.pathname + url.search)?.[1];
  if (defended !== undefined) return wholeUrl(defended);
  if (isService(url)) {
    for (const name of targets) {
      const inside = wholeUrl(url.searchParams.get(name) ?? '');
      if (inside) return inside;
    }
  }
  for (const segment of url.pathname.split('/').filter((one) => one.length >= 12)) {
    const inside = wholeUrl(percentDecode(segment)) ?? fromBase64(segment);
    if (inside) return inside;
  }
  for (const value of isService(url) ? url.searchParams.values() : []) {
    const inside = fromBase64(value);
    if (inside) return inside;
  }
  return undefined;
}

function isService({ hostname, pathname }: URL): boolean {
  return countsClicks(hostname) || clickPath.test(pathname);
}

function countsClicks(hostname: string): boolean {
  const isLabel = (label: string): boolean => {
    let end = label.length;
    while (end > 0 && isDigit.test(label[end - 1]!)) end--;
    const name = label.slice(0, end);
    return labels.has(name) || (end < label.length && numberedLabels.has(name));
  };
  return hostname.split('.').slice(0, -1).some(isLabel) || services.some((part) => hostname.includes(part));
}

function isOpaque(url: URL): boolean {
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()];
  return isService(url) && parts.some((part) => part.length >= longToken || (/\d/.test(part) && !part.includes('-') && part.length >= 8)); // prettier-ignore
}

/** An address, or JSON with one, in base64 or base64url. */
function fromBase64(text: string): URL | undefined {
  if (text.length < 16 || !/^[\w+/=-]+$/.test(text)) return undefined;
  const plain = Buffer.from(text, 'base64').toString('latin1');
  const at = plain.search(/https?:\/\//);
  if (at < 0 || at > 40) return undefined;
  return wholeUrl(plain.slice(at).split(/["\s\0<>]/, 1)[0]!);
}

function wholeUrl(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) ? webUrl(text) : undefined;
}

function holds(text: string, address: string): boolean {
  const lower = percentDecode(text).toLowerCase();
  return lower.includes(address) || Buffer.from(text, 'base64').toString('latin1').toLowerCase().includes(address);
}
