// What was read of a source -> rows: its items in batches, its deadlines, which files of its folder there are.
import type { House } from '../../core/house.ts';
import { saveDeadlines, type DeadlineList } from '../../core/store/deadlines.ts';
import { recordFolder } from '../../core/store/folders.ts';
import type { SourceToCheck } from '../../core/store/sources.ts';
import { takeBackApprovals } from '../../core/store/withdrawals.ts';
import { describeFiles } from './folder/describe-files.ts';
import type { Reading } from './read-in-thread.ts';
import { takeItems } from './take-items.ts';

/** How many items there were, and of those new and changed ones. */
export interface StoredCounts {
  items: number;
  added: number;
  changed: number;
  withdrawn: number;
}

/** Stores a reading; without one, since nothing changed, no statement is made. */
export async function storeReading(
  house: Pick<House, 'db' | 'log'>,
  source: SourceToCheck,
  { reading, at, stop }: { reading: Reading | undefined; at: Date; stop: AbortSignal },
): Promise<StoredCounts> {
  const { db } = house;
  const sourceId = source.id;
  const isFirst = source.dates.length === 0;
  const { guids, ...counts } = await takeItems(db, { sourceId, isFirst, at, feed: reading, stop });
  // A withdrawn paper may stand in an issue that waits to go out; the mailer looks once more.
  if (counts.withdrawn > 0) await takeBackApprovals(db, at);
  if (reading?.files) {
    const present = [...guids, ...reading.files.passedOver.map(({ path }) => path)];
    await recordFolder(db, { sourceId, present, note: describeFiles(reading.files), at });
  }
  if (reading?.deadlines) await storeDeadlines(house, { sourceId, list: reading.deadlines, now: at });
  return { ...counts, items: guids.length };
}

async function storeDeadlines(
  { db, log }: Pick<House, 'db' | 'log'>,
  { sourceId, list, now }: { sourceId: number; list: DeadlineList; now: Date },
): Promise<void> {
  const counts = await saveDeadlines(db, sourceId, { ...list, now });
  log.info({ event: 'deadlines.saved', sourceId, ...counts, refused: list.refused.length });
}
