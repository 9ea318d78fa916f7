// The plan of a new sender's first days -> how many letters may be leased now.
import type { House } from '../../core/house.ts';
import { giveBackOfDay, takeOfDay } from '../../core/store/mail-days.ts';
import { mostOn, readWarmUp } from '../../core/mail/warm-up.ts';
import { serverOf } from './pace.ts';

/** Without a plan, and without a mail server, as many as are wanted. */
export function openWarmUp({ db, config, now }: House) {
  const plan = config.SMTP_URL && config.MAIL_WARMUP ? readWarmUp(config.MAIL_WARMUP) : undefined;
  const server = serverOf(config);
  const today = () => plan && mostOn(plan, { now: now(), timezone: config.TIMEZONE });
  return {
    async take(wanted: number): Promise<number> {
      const given = today();
      if (!given || given.most === null) return wanted;
      return takeOfDay(db, { server, day: given.day, most: given.most, wanted });
    },
    /** What was taken and did not reach the server. */
    async giveBack(count: number): Promise<void> {
      const given = today();
      if (given && given.most !== null && count > 0) await giveBackOfDay(db, { server, day: given.day, count });
    },
  };
}
