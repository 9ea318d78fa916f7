// Keeps the mails of all processes apart, so that a mail server gets no more than so many a second.
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../../core/house.ts';
import { takeMailSlots } from '../../core/store/mail-pace.ts';

/** Resolves when the next mail may start; at once when it was told to stop. */
export type Pace = () => Promise<void>;

/** Slots taken together, in seconds: few statements at a high pace, and hardly anything for a notice to wait for. */
const takenSeconds = 0.1;

/** The pace that letters and notices of all processes share; notices go first. `stop` ends every wait. */
export function createPace({ db, config }: House, kind: 'letter' | 'notice', stop: AbortSignal): Pace {
  const { SMTP_URL, MAIL_PER_SECOND } = config;
  const server = SMTP_URL ? new URL(SMTP_URL).host : 'outbox';
  const everyMs = 1000 / MAIL_PER_SECOND;
  const count = Math.max(1, Math.floor(MAIL_PER_SECOND * takenSeconds));
  let left = 0;
  let nextMs = 0;
  let last = Promise.resolve();
  const waitOne = async (): Promise<void> => {
    if (stop.aborted) return;
    if (left === 0) {
      nextMs = performance.now() + (await takeMailSlots(db, { server, kind, count, everyMs }));
      left = count;
    }
    left--;
    const waitMs = nextMs - performance.now();
    nextMs += everyMs;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
  };
  // One after the other, so that a batch holds one timer and one listener.
  return () => (last = last.then(waitOne));
}
