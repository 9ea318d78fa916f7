// What one attempt to hand a mail to the server means for its ledger row: pure, the same for letters and notices.

/** What the transport says of one attempt; `reply` is the server's own line, or what went wrong. */
export interface Attempt {
  outcome: 'submitted' | 'deferred' | 'refused' | 'unknown' | 'unsent';
  reply: string;
}

/** What the ledger row says after it. */
export interface AfterAttempt {
  state: 'submitted' | 'planned' | 'failed' | 'unknown';
  attempts: number;
  nextTryAt: Date;
}

/** Tries over about 85 minutes: greylisting lets a mail in after 5 to 60 (RFC 6647, section 5). */
const pausesMs = [1, 4, 16, 64].map((minutes) => minutes * 60_000);

/** How long a mail that is being sent stays ours; longer than the transport waits for a silent server. */
export const leaseMs = 15 * 60_000;

/**
 * A mail the server may have taken is never sent again; one it deferred is, four times;
 * one that no server heard of loses no attempt.
 */
export function afterAttempt({ outcome }: Attempt, { attempts, now }: { attempts: number; now: Date }): AfterAttempt {
  if (outcome === 'unsent') return { state: 'planned', attempts, nextTryAt: now };
  const tried = { attempts: attempts + 1, nextTryAt: now };
  if (outcome === 'refused') return { ...tried, state: 'failed' };
  if (outcome !== 'deferred') return { ...tried, state: outcome };
  const pauseMs = pausesMs[attempts];
  if (pauseMs === undefined) return { ...tried, state: 'failed' };
  return { ...tried, state: 'planned', nextTryAt: new Date(now.getTime() + pauseMs) };
}
