// Cleaned items -> rows: saved in batches, between which the process does what else it has to.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Queryable } from '../../core/db.ts';
import { addItems, saveItems, type NewItem } from '../../core/store/items.ts';
import { windowStart } from '../../core/store/stories.ts';
import type { Reading } from './read-in-thread.ts';
import { settleItems } from './settle-items.ts';

interface Taking {
  sourceId: number;
  /** Of a source that is read for the first time nothing can be here under another guid. */
  isFirst: boolean;
  /** Whatever their date, they are no news. */
  isArchive?: boolean;
  /** When it was read. */
  at: Date;
  feed: Pick<Reading, 'batches' | 'names'> | undefined;
  stop: AbortSignal;
}

/** Saves cleaned items; returns how many were new, changed or withdrawn, and the guids of all. */
export async function takeItems(
  db: Queryable,
  { sourceId, isFirst, isArchive = false, at, feed, stop }: Taking,
): Promise<{ added: number; changed: number; withdrawn: number; guids: string[] }> {
  const taken = { added: 0, changed: 0, withdrawn: 0, guids: [] as string[] };
  const present = new Set(feed?.names);
  for await (const items of feed?.batches ?? []) {
    stop.throwIfAborted();
    if (items.length === 0) continue;
    const built = builtTimes(items);
    for (const item of items) if (isArchive || isBackground(item, { isFirst, at, built })) item.isBackground = true;
    const { added, changed } = isFirst
      ? await addItems(db, { sourceId, at }, items)
      : await saveItems(db, { sourceId, at }, await settleItems(db, sourceId, { items, present }));
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

/** So many changed at one moment were not changed: their site was built then. */
const builtTogether = 10;

function builtTimes(items: readonly NewItem[]): Set<number> {
  const counts = new Map<number, number>();
  for (const { publishedAt, isDatedByUpdate } of items) {
    if (isDatedByUpdate) counts.set(publishedAt.getTime(), (counts.get(publishedAt.getTime()) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([time, count]) => (count < builtTogether ? [] : [time])));
}

/** What is older than the window of stories, and what a first reading cannot date: an archive is no news. */
function isBackground(
  { publishedAt, isUndated, isDatedByUpdate }: NewItem,
  { isFirst, at, built }: Pick<Taking, 'isFirst' | 'at'> & { built: ReadonlySet<number> },
): boolean {
  if (publishedAt < windowStart(at)) return true;
  return isFirst && isUndated === true && (!isDatedByUpdate || built.has(publishedAt.getTime()));
}
