// Enqueues the checks of the sources that are due: in as many shares as there is work for, however many sources there are.
import type { House } from './house.ts';
import { countDueSources } from './store/source-leases.ts';

/** Shares in which due sources are checked, by as many processes. */
const mostShares = 4;
const sourcesPerShare = 20;

/** Has everything that is due now read. */
export async function enqueueDueSources({ db, now, queue }: Pick<House, 'db' | 'now' | 'queue'>): Promise<void> {
  const shares = Math.min(mostShares, Math.ceil((await countDueSources(db, now())) / sourcesPerShare));
  for (let share = 0; share < shares; share++) await queue.enqueue('sources.check', { share });
}
