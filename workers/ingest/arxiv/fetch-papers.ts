// Papers that readers brought by number -> items, asked of arXiv by number in its turn; never news, and in no draft.
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { guardedFetch } from '../../../core/http.ts';
import { addSources, sourceAt } from '../../../core/store/sources.ts';
import { leaseWanted, putOffWanted, settleWanted } from '../../../core/store/brought-papers.ts';
import type { Checking } from '../fetch-source.ts';
import { readInThread } from '../read-in-thread.ts';
import { takeItems } from '../take-items.ts';

/** Tried again after 1, 3, 9 and 27 hours. */
const mostTries = 4;
const hourMs = 3_600_000;
const maxBytes = 10_000_000;

type Fetching = Omit<Checking, 'record' | 'oaiUrl'>;

/** Answers `papers.fetch`: asks for what is due, until nothing is. */
export async function fetchPapers(house: House, fetching: Fetching): Promise<void> {
  const { db, log, now, queue } = house;
  await settleWanted(db);
  let added = 0;
  while (!fetching.stop.aborted) {
    const wanted = await leaseWanted(db, now());
    if (wanted.length === 0) break;
    const keys = wanted.map(({ key }) => key);
    try {
      added += await fetchByNumber(house, keys, fetching);
      // What arXiv knows is here now; what is left it does not know.
      await settleWanted(db);
      await putOffWanted(db, { keys, nextAt: null });
    } catch (error) {
      if (fetching.stop.aborted) break;
      if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
      const { tries } = wanted[0]!;
      const isOver = tries > mostTries || (error instanceof PermanentError && keys.length === 1);
      // One of several may be what is refused: each is asked for alone, at once.
      const waitMs = error instanceof PermanentError ? 0 : hourMs * 3 ** (tries - 1);
      await putOffWanted(db, { keys, nextAt: isOver ? null : new Date(now().getTime() + waitMs) });
      log.warn({ event: 'papers.failed', papers: keys.length, message: messageOf(error) });
    }
  }
  if (added === 0) return;
  log.info({ event: 'papers.fetched', added });
  await queue.enqueue('items.embed', {});
}

/** Returns how many are new here. */
async function fetchByNumber(
  { config, db, now }: House,
  keys: readonly string[],
  { allow, slots, turnstile, stop }: Fetching,
): Promise<number> {
  const numbers = keys.map((key) => key.slice('arxiv:'.length));
  const query = new URLSearchParams({ id_list: numbers.join(','), max_results: String(numbers.length) });
  const url = `${config.ARXIV_API_URL}?${query.toString()}`;
  const response = await slots.inTurn(url, stop, () =>
    turnstile.inTurn(url, stop, () => guardedFetch(url, { allow, stop, now, maxBytes })),
  );
  if (response.notModified) throw new PermanentError(`${url} answered 304 to an unconditional request`);
  const { body, headers, url: from } = response;
  const at = now();
  const context = { url: from, fixedLanguage: null, now: at };
  const reading = await readInThread(
    { kind: 'arxiv', body, contentType: headers['content-type'], url: from, missed: [], isFirst: false, context },
    stop,
  );
  const sourceId = await sourceOfBrought(db, config.ARXIV_API_URL);
  const taken = await takeItems(db, { sourceId, isFirst: false, isArchive: true, at, feed: reading, stop });
  return taken.added;
}

/** Muted, so that no page tells what readers brought, and paused, since it has no list. */
async function sourceOfBrought(db: House['db'], api: string): Promise<number> {
  const url = `${api}?id_list=`;
  const known = await sourceAt(db, url);
  if (known) return known.id;
  await addSources(db, [{ kind: 'arxiv', title: 'Papers that readers brought', url, muted: true, isPaused: true }]);
  return (await sourceAt(db, url))!.id;
}
