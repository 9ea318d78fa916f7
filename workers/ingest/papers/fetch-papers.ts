// Papers that readers brought by number -> items, asked of arXiv and Crossref by number, each in its turn; never news, and in no draft.
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { paperKeys, type PaperKeyForm } from '../../../core/readers/paper-keys.ts';
import { leaseWanted, putOffWanted, settleWanted } from '../../../core/store/brought-papers.ts';
import { addSources, sourceAt } from '../../../core/store/sources.ts';
import { takeItems } from '../take-items.ts';
import { askArxiv } from './ask-arxiv.ts';
import { askCrossref } from './ask-crossref.ts';
import type { AskForPapers, PaperFetchContext } from './asking.ts';
import { slowBackoffMs } from '../politeness/retry-schedule.ts';

/** Tried again after 1, 3, 9 and 27 hours. */
const mostTries = 4;

const services: Record<PaperKeyForm, AskForPapers> = { arxiv: askArxiv, doi: askCrossref };

/** Answers `papers.fetch`: asks for what is due, until nothing is. */
export async function fetchPapers(house: House, fetching: PaperFetchContext): Promise<void> {
  await settleWanted(house.db);
  if (house.config.LOOK_UP_PAPERS === 'no') return;
  let added = 0;
  for (const form of Object.keys(services) as PaperKeyForm[]) added += await fetchForm(house, form, fetching);
  if (added === 0) return;
  house.log.info({ event: 'papers.fetched', added });
  await house.queue.enqueue('items.embed', {});
}

/** Returns how many are new here. */
async function fetchForm(house: House, form: PaperKeyForm, fetching: PaperFetchContext): Promise<number> {
  const { db, log, now } = house;
  let added = 0;
  while (!fetching.stop.aborted) {
    const wanted = await leaseWanted(db, { form, mostTogether: paperKeys[form].mostTogether, now: now() });
    if (wanted.length === 0) break;
    const keys = wanted.map(({ key }) => key);
    try {
      added += await take(house, await services[form](house, keys, fetching), fetching.stop);
      // What is known there is here now; what is left is not known.
      await settleWanted(db);
      await putOffWanted(db, { keys, nextAt: null });
    } catch (error) {
      if (fetching.stop.aborted) break;
      if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
      const { tries } = wanted[0]!;
      const isOver = tries > mostTries || (error instanceof PermanentError && keys.length === 1);
      // One of several may be what is refused: each is asked for alone, at once.
      const waitMs = error instanceof PermanentError ? 0 : Math.max(slowBackoffMs(tries - 1), error.retryAfterMs ?? 0);
      await putOffWanted(db, { keys, nextAt: isOver ? null : new Date(now().getTime() + waitMs) });
      log.warn({ event: 'papers.failed', papers: keys.length, message: messageOf(error) });
    }
  }
  return added;
}

async function take({ db, now }: House, asked: Awaited<ReturnType<AskForPapers>>, stop: AbortSignal): Promise<number> {
  if (!asked) return 0;
  const { source, feed } = asked;
  const sourceId = await sourceOfBrought(db, source);
  return (await takeItems(db, { sourceId, isFirst: false, isArchive: true, at: now(), feed, stop })).added;
}

/** Muted, so that no page tells what readers brought, and paused, since it has no list. */
async function sourceOfBrought(
  db: House['db'],
  { kind, url }: { kind: 'arxiv' | 'feed'; url: string },
): Promise<number> {
  const known = await sourceAt(db, url);
  if (known) return known.id;
  await addSources(db, [{ kind, title: 'Papers that readers brought', url, muted: true, isPaused: true }]);
  return (await sourceAt(db, url))!.id;
}
