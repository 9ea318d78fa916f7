// Parsed items -> rows: cleaned and saved in batches, between which the process does what else it has to.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Queryable } from '../../core/db.ts';
import { saveItems, settleGuids } from '../../core/store/items.ts';
import { cleanItem, type Door } from './clean.ts';
import type { ParsedItem } from './parsed-item.ts';

/** About 50 ms of cleaning; a feed of 100,000 items must not hold up pages or stop a process from ending. */
const batchSize = 200;

interface Taking {
  sourceId: number;
  /** Of a source that is read for the first time nothing can be here under another guid. */
  isFirst: boolean;
  items: ParsedItem[];
  door: Door;
  stop: AbortSignal;
}

/** Saves what passes the door; returns how many were new or changed, and the guids of all that passed. */
export async function takeItems(
  db: Queryable,
  { sourceId, isFirst, items, door, stop }: Taking,
): Promise<{ added: number; changed: number; guids: string[] }> {
  const taken = { added: 0, changed: 0, guids: [] as string[] };
  const present = new Set(items.flatMap(({ id }) => id ?? []));
  for (let at = 0; at < items.length; at += batchSize) {
    if (at > 0) await breathe();
    stop.throwIfAborted();
    const batch = items.slice(at, at + batchSize).map((item) => cleanItem(item, door));
    const cleaned = batch.filter((item) => item !== undefined);
    if (cleaned.length === 0) continue;
    const settled = isFirst ? cleaned : await settleGuids(db, sourceId, { items: cleaned, present });
    const { added, changed } = await saveItems(db, sourceId, settled);
    taken.added += added;
    taken.changed += changed;
    for (const { guid } of cleaned) taken.guids.push(guid);
  }
  return taken;
}
