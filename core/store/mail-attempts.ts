// What one attempt to hand a mail to the server means for its ledger row: pure, the same for letters and notices.
import { minuteMs } from '../time.ts';

/** Why a mail failed, or waits. */
export type AttemptReason =
  /** There is no such mailbox: a hard bounce. */
  | 'mailbox'
  /** The mailbox is full, or its server does not answer. */
  | 'mailbox-for-now'
  /** This very message: too large, or its content. */
  | 'message'
  /** Us: our rate, reputation, authentication, or the recipient's policy. */
  | 'policy'
  /** The address cannot be written to, or nothing was chosen for its reader. */
  | 'unwritable'
  /** The server asked for less. */
  | 'rate'
  /** The conversation broke before the last byte was sent. */
  | 'connection'
  /** The conversation broke after it: the mail may have arrived. */
  | 'no-answer'
  /** Deferred until nobody tries any more. */
  | 'expired'
  /** A curator stopped the issue. */
  | 'stopped';

/** What the transport says of one attempt; `reply` is the server's own line, or what went wrong. */
export interface Attempt {
  outcome: 'submitted' | 'deferred' | 'throttled' | 'refused' | 'unknown' | 'unsent';
  reply: string;
  reason?: AttemptReason;
  /** Of one that was not tried: not again before so many milliseconds. */
  waitMs?: number;
}

/** What the ledger row says after it. */
export interface AfterAttempt {
  state: 'submitted' | 'planned' | 'failed' | 'unknown';
  attempts: number;
  nextTryAt: Date;
  reason: AttemptReason | null;
}

/** Greylisting lets a mail in after 5 to 60 minutes (RFC 6647, section 5); later tries are two hours apart (RFC 5321, section 4.5.4.1: 30 minutes or more). */
const pausesMs = [1, 4, 16, 64].map((minutes) => minutes * minuteMs);
const longPauseMs = 120 * minuteMs;
/**
 * What came too quickly for a server is no try of this mail: it comes again as soon as the pace allows. A mail that hears it for hours
 * may be meant itself: a tenth of the time since its first try, from a minute to half an hour.
 */
const throttledPauseMs = { least: minuteMs, most: 30 * minuteMs, share: 0.1 };
/** Four to five days (RFC 5321, section 4.5.4.1); the next issue must find this one sent. */
export const giveUpAfterMs = 4.5 * 24 * 60 * minuteMs;

/** How long a row stays with a process that says nothing; it says so every `renewEverySeconds`. */
export const leaseSeconds = 20;
export const renewEverySeconds = 5;

/**
 * A mail the server may have taken is never sent again; one it deferred is, for days; one that met a server which
 * wanted less, or that no server heard of, loses nothing by it.
 */
export function afterAttempt(
  { outcome, reason = null, waitMs = 0 }: Pick<Attempt, 'outcome' | 'waitMs'> & { reason?: AttemptReason | null },
  { attempts, firstTriedAt, now }: { attempts: number; firstTriedAt: Date | null; now: Date },
): AfterAttempt {
  const later = (ms: number): Date => new Date(now.getTime() + ms);
  if (outcome === 'unsent') return { state: 'planned', attempts, nextTryAt: later(waitMs), reason: null };
  const ageMs = now.getTime() - (firstTriedAt ?? now).getTime();
  const isOld = ageMs >= giveUpAfterMs;
  if (outcome === 'throttled' && !isOld) {
    const { least, most, share } = throttledPauseMs;
    return { state: 'planned', attempts, nextTryAt: later(Math.min(most, Math.max(least, ageMs * share))), reason };
  }
  const tried = { attempts: attempts + 1, nextTryAt: now, reason };
  if (outcome === 'refused') return { ...tried, state: 'failed' };
  if (outcome === 'submitted') return { ...tried, state: 'submitted', reason: null };
  if (outcome === 'unknown') return { ...tried, state: 'unknown', reason: 'no-answer' };
  if (isOld) return { ...tried, state: 'failed', reason: 'expired' };
  return { ...tried, state: 'planned', nextTryAt: later(pausesMs[attempts] ?? longPauseMs) };
}
