// The bells of the sources that are due: as many lanes as there is work for, however many sources there are.
import type { House } from './house.ts';
import { countDueSources } from './store/source-leases.ts';

/** Lanes in which due sources are checked, by as many processes. */
const mostLanes = 4;
const sourcesPerLane = 20;

/** Has everything that is due now read. */
export async function ringDueSources({ db, now, queue }: Pick<House, 'db' | 'now' | 'queue'>): Promise<void> {
  const lanes = Math.min(mostLanes, Math.ceil((await countDueSources(db, now())) / sourcesPerLane));
  for (let lane = 0; lane < lanes; lane++) await queue.ring('sources.check', { lane });
}
