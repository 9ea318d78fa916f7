// Readers who confirmed since the newest issue went out -> that issue, ranked for them, by the same ledger as all letters.
import type { House } from '../../core/house.ts';
import { keepLedger, suppressStopped } from '../../core/store/deliveries.ts';
import { expireLeases } from '../../core/store/delivery-leases.ts';
import { approvedIssue } from '../../core/store/issues.ts';
import { slowServer } from '../../core/store/mail-pace.ts';
import { letterLangs, missingParts } from '../../core/store/renders.ts';
import { dropOldWelcomes, issuesWithWelcomes, issueToWelcomeWith, planWelcomes, readersToWelcome } from '../../core/store/welcomes.ts'; // prettier-ignore
import { serverOf } from './pace.ts';
import { deliverIssue } from './send-issue.ts';

/** Plans and sends them; what is not ranked or compiled yet is asked for, and left to the next job. */
export async function welcomeReaders(house: House, stop: AbortSignal): Promise<void> {
  const { db, now } = house;
  const newest = await issueToWelcomeWith(db, now());
  const underway = await issuesWithWelcomes(db);
  for (const issueId of underway) {
    // What a process that died had taken is planned again first.
    await expireLeases(db, { issueId });
    if (issueId !== newest?.id) await dropOldWelcomes(db, { issueId, now: now() });
  }
  if (newest === undefined) return;
  const issueId = newest.id;
  const slow = await slowServer(db, serverOf(house.config));
  if (slow?.holdUntil && slow.holdUntil > now()) return;
  if (!(await isPlanned(house, newest)) && !underway.includes(issueId)) return;
  const issue = await approvedIssue(db, issueId);
  await suppressStopped(db, { issueId, now: now() });
  try {
    await deliverIssue(house, { issue, shard: 0, stop, isWelcome: true });
  } finally {
    await keepLedger(db, { issueId, now: now() });
  }
}

/** Whether somebody was planned: who is ranked, once all cards are there. */
async function isPlanned(
  { config, db, now, queue }: House,
  { id: issueId, contentHash }: { id: number; contentHash: string },
): Promise<boolean> {
  const readers = await readersToWelcome(db, { issueId, contentHash, now: now() });
  if (readers.length === 0) return false;
  if (readers.some(({ isRanked }) => !isRanked)) await queue.enqueue('issue.rank', { issueId });
  const readerIds = readers.filter(({ isRanked }) => isRanked).map(({ id }) => id);
  if (readerIds.length === 0) return false;
  const langs = await letterLangs(db, config.SITE_LANGUAGE);
  if ((await missingParts(db, { issueId, contentHash }, langs)).length > 0) {
    await queue.enqueue('issue.render', { issueId });
    return false;
  }
  await planWelcomes(db, { issueId, contentHash, readerIds, now: now() });
  return true;
}
