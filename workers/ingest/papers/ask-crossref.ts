// A DOI -> the work that Crossref knows by it, asked as Crossref asks to be: seldom, one at a time, and saying who asks.
import { PermanentError } from '../../../core/errors.ts';
import { agentName, guardedFetch } from '../../../core/http.ts';
import type { House } from '../../../core/house.ts';
import { numberOf } from '../../../core/readers/paper-keys.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { readForeign } from '../read-foreign.ts';
import { readInThread } from '../read-in-thread.ts';
import type { AskForPapers } from './asking.ts';

/** A work with three thousand authors and all its references has 2 MB. */
const maxBytes = 5_000_000;

/** Asks Crossref's REST API for a work; undefined where it knows none of this DOI, as of data sets and preprints of other agencies. */
export const askCrossref: AskForPapers = async (house, [key], { allow, slots, turnstile, stop }) => {
  const { config, now } = house;
  const url = `${config.CROSSREF_API_URL}/${encodeURIComponent(numberOf(key!))}`;
  const userAgent = await agentWithContact(house);
  const options = { allow, stop, now, maxBytes, userAgent, accept: 'application/json', expectedStatuses: [404] };
  const response = await slots.inTurn(url, stop, () => turnstile.inTurn(url, stop, () => guardedFetch(url, options)));
  if (response.notModified) throw new PermanentError(`${url} answered 304 to an unconditional request`);
  if (response.status === 404) return undefined;
  const { body, headers, url: from } = response;
  const work = await readForeign({ kind: 'crossrefWork', input: { body, contentType: headers['content-type'], key: key! } }, stop); // prettier-ignore
  if (work === undefined) return undefined;
  const context = { url: from, fixedLanguage: null, now: now() };
  const feed = await readInThread(
    { kind: 'feed', body: undefined, contentType: undefined, url: from, missed: [work], isFirst: false, context },
    stop,
  );
  return { source: { kind: 'feed', url: config.CROSSREF_API_URL }, feed };
};

/** Who gives an address is served from a pool of its own, and told before it is shut out (api.crossref.org, "etiquette"). */
async function agentWithContact({ config, db }: House): Promise<string> {
  const sender = config.MAIL_FROM ?? (await loadSettings(db)).mailFrom;
  const address = sender?.split(/[\s<>]/).find((word) => word.includes('@'));
  return `${agentName} (${config.PUBLIC_URL}${address ? `; mailto:${address}` : ''})`;
}
