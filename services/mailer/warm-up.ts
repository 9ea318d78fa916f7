// The plan of a new sender's first days -> how many letters may be leased now.
import type { House } from '../../core/house.ts';
import { giveBackOfDay, recountDay, takeOfDay } from '../../core/store/mail-days.ts';
import { maxOn, readWarmUp } from '../../core/mail/warm-up.ts';
import { serverOf } from './pace.ts';

/** Without a plan, and without a mail server, as many as are wanted. */
export function createWarmUp({ db, config, now }: House) {
  const plan = config.SMTP_URL && config.MAIL_WARMUP ? readWarmUp(config.MAIL_WARMUP) : undefined;
  const server = serverOf(config);
  let today = { day: '', taken: 0 };
  /** Of days before: what comes back of them is nothing that today may have. */
  let takenBefore = 0;
  const planned = () => plan && maxOn(plan, { now: now(), timezone: config.TIMEZONE });
  return {
    /** When a run begins: what a process that was killed had taken is nobody's any more. */
    async recount(): Promise<void> {
      const given = planned();
      if (given && given.most !== null) await recountDay(db, { server, day: given.day, timezone: config.TIMEZONE });
    },
    async take(wanted: number): Promise<number> {
      const given = planned();
      if (!given || given.most === null) return wanted;
      const { day, most } = given;
      if (day !== today.day) {
        takenBefore += today.taken;
        today = { day, taken: 0 };
      }
      const count = await takeOfDay(db, { server, day, most, wanted });
      today.taken += count;
      return count;
    },
    /** What was taken and did not reach the server; as long as it may be of a day before, it counts as that. */
    async giveBack(count: number): Promise<void> {
      const ofBefore = Math.min(count, takenBefore);
      takenBefore -= ofBefore;
      const back = Math.min(count - ofBefore, today.taken);
      if (back === 0) return;
      today.taken -= back;
      await giveBackOfDay(db, { server, day: today.day, count: back });
    },
  };
}
