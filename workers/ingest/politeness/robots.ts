// A page's address -> whether its host's robots.txt lets us read it (RFC 9309).
import { PermanentError } from '../../../core/errors.ts';
import { guardedFetch, type FetchOptions } from '../../../core/http.ts';
import { readForeign } from '../read-foreign.ts';
import { mayRead } from './robots-rules.ts';
import { dayMs } from '../../../core/time.ts';

const keptMs = dayMs;
/** Rules that are read within some milliseconds at worst; nearly all are shorter, and longer ones go to a thread. */
const shortLength = 10_000;

/** Returns what says whether a page may be read; the rules of a host are kept for a day. Throws when the host does not answer. */
export function createRobots(
  now: () => Date,
  fetching: Pick<FetchOptions, 'allow'>,
): (url: string, stop: AbortSignal) => Promise<boolean> {
  const hosts = new Map<string, { text: string; until: number }>();
  return async (url, stop) => {
    const { origin } = new URL(url);
    let kept = hosts.get(origin);
    if (!kept || kept.until <= now().getTime()) {
      kept = { text: await fetchRules(origin, { ...fetching, now, stop }), until: now().getTime() + keptMs };
      hosts.set(origin, kept);
    }
    const input = { origin, text: kept.text, url };
    return kept.text.length <= shortLength ? mayRead(input) : readForeign({ kind: 'robots', input }, stop);
  };
}

/** A host that says there is none (4xx) allows everything; one that fails allows nothing, so that is thrown. */
async function fetchRules(origin: string, fetching: FetchOptions): Promise<string> {
  const responses = [400, 401, 403, 404, 405, 406, 410, 451];
  const response = await guardedFetch(`${origin}/robots.txt`, {
    ...fetching,
    expectedStatuses: responses,
    maxBytes: 1_000_000,
  });
  if (response.notModified) throw new PermanentError(`${origin}/robots.txt answered 304 to an unconditional request`);
  return response.status === 200 ? response.body.toString('utf8') : '';
}
