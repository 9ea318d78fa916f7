// Numbers of arXiv -> its papers, in one request and in arXiv's turn.
import { PermanentError } from '../../../core/errors.ts';
import { guardedFetch } from '../../../core/http.ts';
import { numberOf } from '../../../core/readers/paper-keys.ts';
import { readInThread } from '../read-in-thread.ts';
import type { AskForPapers } from './asking.ts';

const maxBytes = 10_000_000;

/** Asks arXiv's API for papers by number. */
export const askArxiv: AskForPapers = async ({ config, now }, keys, { allow, slots, turnstile, stop }) => {
  const numbers = keys.map(numberOf);
  const query = new URLSearchParams({ id_list: numbers.join(','), max_results: String(numbers.length) });
  const url = `${config.ARXIV_API_URL}?${query.toString()}`;
  const response = await slots.inTurn(url, stop, () =>
    turnstile.inTurn(url, stop, () => guardedFetch(url, { allow, stop, now, maxBytes })),
  );
  if (response.notModified) throw new PermanentError(`${url} answered 304 to an unconditional request`);
  const { body, headers, url: from } = response;
  const context = { url: from, fixedLanguage: null, now: now() };
  const feed = await readInThread(
    { kind: 'arxiv', body, contentType: headers['content-type'], url: from, missed: [], isFirst: false, context },
    stop,
  );
  return { source: { kind: 'arxiv', url: `${config.ARXIV_API_URL}?id_list=` }, feed };
};
