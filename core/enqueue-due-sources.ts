// Enqueues the checks of the sources that are due: in as many shards as there is work for, however many sources there are.
import type { House } from './house.ts';
import { countDueSources } from './store/source-leases.ts';

/** Shards in which due sources are checked, by as many processes. */
const mostShards = 4;
const sourcesPerShard = 20;

/** Has everything that is due now read. */
export async function enqueueDueSources({ db, now, queue }: Pick<House, 'db' | 'now' | 'queue'>): Promise<void> {
  const shards = Math.min(mostShards, Math.ceil((await countDueSources(db, now())) / sourcesPerShard));
  for (let shard = 0; shard < shards; shard++) await queue.enqueue('sources.check', { shard });
}
