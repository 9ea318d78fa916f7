// A robots.txt -> whether it lets us read an address (RFC 9309); pure. A megabyte of it takes more than a second.
import robotsModule from 'robots-parser';

// Its declarations describe an ES module, which it is not.
const parseRules = robotsModule as unknown as (
  url: string,
  text: string,
) => { isAllowed(url: string, token: string): boolean | undefined };
/** The product token that rules may name. */
const token = 'Courant';

/** Whether the rules `text` of `origin` let us read `url`; what they do not speak of is allowed. */
export function mayRead({ origin, text, url }: { origin: string; text: string; url: string }): boolean {
  return parseRules(`${origin}/robots.txt`, text).isAllowed(url, token) ?? true;
}
