// a draft -> its pool: every other story of the week, understood and with its card, in batches between which pages are answered.
import { DateTime } from 'luxon';
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import {
  finishPool,
  poolToLay,
  preparedStories,
  savePoolEntries,
  type PoolToLay,
} from '../../core/store/issue-pool.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';
import { weekOf } from '../../core/week.ts';
import { newsOfWeek } from './news-of-week.ts';
import { suggestStories } from './suggest.ts';
import { maxMapped, understand } from './understand.ts';

/** Cards made by one query: some 30 ms of the embedded database, in which everybody waits. */
const atOnce = 100;
/** Sorted and mapped together: neighbours are compared all with all. */
const sortedAtOnce = 1_000;

/**
 * Puts the pool of a draft together, when somebody asked for it; killed on the way it starts again, and nothing is approved
 * until it has ended. What a curator took before them meanwhile stays there.
 */
export async function layPool(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { db, log, queue } = house;
  const asked = await poolToLay(db, issueId);
  if (!asked) return;
  const elapsedMs = measureElapsed();
  const stories = await storiesOfPool(house, issueId, asked);
  for (let start = 0; start < stories.length && !stop.aborted; start += sortedAtOnce) {
    if (!(await laySome(house, { issueId, stories: stories.slice(start, start + sortedAtOnce), start, stop }))) return;
  }
  if (stop.aborted) return;
  await finishPool(db, { issueId, askedAt: asked.askedAt, storyIds: stories.map(({ id }) => id) });
  log.info({ event: 'issue.pool_laid', issueId, stories: stories.length, ms: elapsedMs() });
  await queue.enqueue('issue.rank', { issueId });
}

/** In the order in which they would be suggested. */
async function storiesOfPool({ config, db, now }: House, issueId: number, asked: PoolToLay): Promise<UncarriedStory[]> {
  const { end } = weekOf(DateTime.fromISO(asked.week, { zone: config.TIMEZONE }).toJSDate(), config.TIMEZONE);
  const all = await newsOfWeek(db, { since: asked.newsSince, until: end, except: issueId });
  const prepared = await preparedStories(db, issueId);
  return suggestStories(all, now()).flatMap(({ story }) => (prepared.has(story.id) ? [] : [story]));
}

async function laySome(
  house: House,
  { issueId, stories, start, stop }: { issueId: number; stories: UncarriedStory[]; start: number; stop: AbortSignal },
): Promise<boolean> {
  const { understood } = await understand(house, stories, { stop, mapped: Math.max(0, maxMapped - start) });
  const entries = stories.map(({ id }, at) => ({ storyId: id, position: start + at + 1, ...understood[at]! }));
  for (let at = 0; at < entries.length && !stop.aborted; at += atOnce) {
    if (!(await savePoolEntries(house.db, issueId, entries.slice(at, at + atOnce)))) return false;
  }
  return true;
}
