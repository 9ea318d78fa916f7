// Cleaned items -> rows: saved in batches, between which the process does what else it has to.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Queryable } from '../../core/db.ts';
import { addItems, saveItems } from '../../core/store/items.ts';
import type { Reading } from './read-in-thread.ts';
import { settleItems } from './settle-items.ts';

interface Taking {
  sourceId: number;
  /** Of a source that is read for the first time nothing can be here under another guid. */
  isFirst: boolean;
  feed: Pick<Reading, 'batches' | 'names'> | undefined;
  stop: AbortSignal;
}

/** Saves what passed the door; returns how many were new, changed or withdrawn, and the guids of all. */
export async function takeItems(
  db: Queryable,
  { sourceId, isFirst, feed, stop }: Taking,
): Promise<{ added: number; changed: number; withdrawn: number; guids: string[] }> {
  const taken = { added: 0, changed: 0, withdrawn: 0, guids: [] as string[] };
  const present = new Set(feed?.names);
  for await (const items of feed?.batches ?? []) {
    stop.throwIfAborted();
    if (items.length === 0) continue;
    const { added, changed } = isFirst
      ? await addItems(db, sourceId, items)
      : await saveItems(db, sourceId, await settleItems(db, sourceId, { items, present }));
    taken.added += added;
    taken.changed += changed;
    for (const { guid, withdrawn } of items) {
      taken.guids.push(guid);
      if (withdrawn) taken.withdrawn++;
    }
    await breathe();
  }
  return taken;
}
