// Keeps the mails of all processes apart, so that a mail server gets no more than so many a second, and less when it says so.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../core/config.ts';
import type { House } from '../../core/house.ts';
import { takeMailSlots } from '../../core/store/mail-pace.ts';

/** Resolves when the next mail may start; at once when it was told to stop. */
export type Pace = () => Promise<void>;

/** Slots of so long a time are taken together: few statements at a high pace, and hardly anything for a notice to wait for. */
const takenMs = 100;

/** What a mail server is called where its pace is kept. */
export function serverOf({ SMTP_URL }: Pick<Config, 'SMTP_URL'>): string {
  return SMTP_URL ? new URL(SMTP_URL).host : 'outbox';
}

/** The pace that letters and notices of all processes share; notices go first. `stop` ends every wait. */
export function createPace({ db, config }: House, kind: 'letter' | 'notice', stop: AbortSignal): Pace {
  const server = serverOf(config);
  const askedMs = 1000 / config.MAIL_PER_SECOND;
  let everyMs = askedMs;
  let left = 0;
  let nextMs = 0;
  let last = Promise.resolve();
  const waitOne = async (): Promise<void> => {
    if (stop.aborted) return;
    if (left === 0) {
      const taken = await takeMailSlots(db, { server, kind, everyMs: askedMs, forMs: takenMs });
      nextMs = performance.now() + taken.waitMs;
      everyMs = taken.everyMs;
      left = taken.count;
    }
    left--;
    const waitMs = nextMs - performance.now();
    nextMs += everyMs;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
  };
  // One after the other, so that a batch holds one timer and one listener.
  return () => (last = last.then(waitOne));
}
