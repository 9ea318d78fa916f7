// The letters of welcome that the schedule would send a minute after the demo said how many mails there are.
import type { House } from '../../core/house.ts';
import { issueToWelcomeWith, readersToWelcome } from '../../core/store/welcomes.ts';
import { waitUntilQuiet } from './once.ts';
import type { Progress } from './progress.ts';

/** Who is not ranked yet is ranked by the first round, and welcomed by the second; the cards of a language may take one more. */
const mostRounds = 4;

/** Sends the newest issue to whoever confirmed since it went out; what cannot be sent in some rounds is left to the schedule. */
export async function welcomeNewcomers(house: House, progress: Progress): Promise<void> {
  for (let round = 0; round < mostRounds && (await countWaiting(house)) > 0; round++) {
    await house.queue.enqueue('readers.welcome', {});
    const detail = async (): Promise<string> => `${await countWaiting(house)} newcomers wait for a letter`;
    await waitUntilQuiet(house, ['rank', 'compose', 'letters'], { progress, detail });
  }
}

async function countWaiting({ db, now }: House): Promise<number> {
  const newest = await issueToWelcomeWith(db, now());
  if (newest === undefined) return 0;
  const { id: issueId, contentHash } = newest;
  return (await readersToWelcome(db, { issueId, contentHash, now: now() })).length;
}
