// A page's address -> whether its host's robots.txt lets us read it (RFC 9309).
import robotsModule from 'robots-parser';
import { PermanentError } from '../../core/errors.ts';
import { guardedFetch, type FetchOptions } from '../../core/http.ts';

interface Rules {
  isAllowed(url: string, token: string): boolean | undefined;
}

// Its declarations describe an ES module, which it is not.
const parseRules = robotsModule as unknown as (url: string, text: string) => Rules;
/** The product token that rules may name. */
const token = 'Courant';
const keptMs = 86_400_000;

/** Returns what says whether a page may be read; the rules of a host are kept for a day. Throws when the host does not answer. */
export function createRobots(
  now: () => Date,
  fetching: Pick<FetchOptions, 'allow'>,
): (url: string, stop: AbortSignal) => Promise<boolean> {
  const hosts = new Map<string, { rules: Rules; until: number }>();
  return async (url, stop) => {
    const { origin } = new URL(url);
    const kept = hosts.get(origin);
    if (kept && kept.until > now().getTime()) return kept.rules.isAllowed(url, token) ?? true;
    const rules = parseRules(`${origin}/robots.txt`, await fetchRules(origin, { ...fetching, stop }));
    hosts.set(origin, { rules, until: now().getTime() + keptMs });
    return rules.isAllowed(url, token) ?? true;
  };
}

/** A host that says there is none (4xx) allows everything; one that fails allows nothing, so that is thrown. */
async function fetchRules(origin: string, fetching: FetchOptions): Promise<string> {
  const answers = [400, 401, 403, 404, 405, 406, 410, 451];
  const answer = await guardedFetch(`${origin}/robots.txt`, { ...fetching, answers, maxBytes: 1_000_000 });
  if (answer.notModified) throw new PermanentError(`${origin}/robots.txt answered 304 to an unconditional request`);
  return answer.status === 200 ? answer.body.toString('utf8') : '';
}
