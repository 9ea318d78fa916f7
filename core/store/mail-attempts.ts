// What one attempt to hand a mail to the server means for its ledger row: pure, the same for letters and notices.

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
}

/** What the ledger row says after it. */
export interface AfterAttempt {
  state: 'submitted' | 'planned' | 'failed' | 'unknown';
  attempts: number;
  nextTryAt: Date;
  reason: AttemptReason | null;
}

const minuteMs = 60_000;
/** Greylisting lets a mail in after 5 to 60 minutes (RFC 6647, section 5); later tries are two hours apart (RFC 5321, section 4.5.4.1: 30 minutes or more). */
const pausesMs = [1, 4, 16, 64].map((minutes) => minutes * minuteMs);
const longPauseMs = 120 * minuteMs;
/** What a server took too quickly is no try of this mail: it comes again as soon as the pace allows. */
const throttledPauseMs = minuteMs;
/** Four to five days (RFC 5321, section 4.5.4.1); the next issue must find this one sent. */
const giveUpAfterMs = 4.5 * 24 * 60 * minuteMs;

/** How long a row stays with a process that says nothing; it says so every `renewEverySeconds`. */
export const leaseSeconds = 20;
export const renewEverySeconds = 5;

/**
 * A mail the server may have taken is never sent again; one it deferred is, for days; one that met a server which
 * wanted less, or that no server heard of, loses nothing by it.
 */
export function afterAttempt(
  { outcome, reason = null }: Pick<Attempt, 'outcome'> & { reason?: AttemptReason | null },
  { attempts, firstTriedAt, now }: { attempts: number; firstTriedAt: Date | null; now: Date },
): AfterAttempt {
  if (outcome === 'unsent') return { state: 'planned', attempts, nextTryAt: now, reason: null };
  const isOld = now.getTime() - (firstTriedAt ?? now).getTime() >= giveUpAfterMs;
  if (outcome === 'throttled' && !isOld) {
    return { state: 'planned', attempts, nextTryAt: new Date(now.getTime() + throttledPauseMs), reason };
  }
  const tried = { attempts: attempts + 1, nextTryAt: now, reason };
  if (outcome === 'refused') return { ...tried, state: 'failed' };
  if (outcome === 'submitted') return { ...tried, state: 'submitted', reason: null };
  if (outcome === 'unknown') return { ...tried, state: 'unknown', reason: 'no-answer' };
  if (isOld) return { ...tried, state: 'failed', reason: 'expired' };
  const pauseMs = pausesMs[attempts] ?? longPauseMs;
  return { ...tried, state: 'planned', nextTryAt: new Date(now.getTime() + pauseMs) };
}
