// When to look again -> a moment: sources by what they ask for, transcripts by what went wrong; pure.
import { createHash } from 'node:crypto';
import type { SourceKind } from '../../core/store/sources.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** arXiv announces once a day; a channel and a blog seldom more. A directory costs nothing to look at. */
const ownMinutes: Record<SourceKind, number> = { arxiv: 360, youtube: 120, feed: 60, folder: 5 };

/** The longest of our own interval and what the publisher asks for, a day at most, spread so that sources do not come in step. */
export function nextCheck(
  source: { id: number; kind: SourceKind },
  now: Date,
  asked: { ttlMinutes: number | null; cacheControl: string | undefined },
): Date {
  const maxAgeS = Number(/max-age=(\d+)/i.exec(asked.cacheControl ?? '')?.[1] ?? 0);
  const waitMs = Math.max(ownMinutes[source.kind] * minuteMs, (asked.ttlMinutes ?? 0) * minuteMs, maxAgeS * 1000);
  return new Date(now.getTime() + Math.min(waitMs, dayMs) * spread(source.id, now));
}

/** 15 minutes after the first failure, twice as long after each further one, a day at most; or when the server said. */
export function nextCheckAfterFailure(
  source: { id: number; failures: number },
  now: Date,
  retryAfterMs: number | undefined,
): Date {
  const waitMs = Math.min(15 * minuteMs * 2 ** source.failures, dayMs) * spread(source.id, now);
  return new Date(now.getTime() + Math.max(waitMs, retryAfterMs ?? 0));
}

/** A block lifts after hours, a failure often after minutes; null when it was tried often enough. */
export function nextTranscriptTry(state: 'blocked' | 'failed', tries: number, now: Date): Date | null {
  if (tries >= 8) return null;
  const waitMs = state === 'blocked' ? 60 * minuteMs * 2 ** tries : 10 * minuteMs * 3 ** tries;
  return new Date(now.getTime() + Math.min(waitMs, 2 * dayMs));
}

/** 0.9 to 1.1, the same for the same source and hour. */
function spread(id: number, now: Date): number {
  const hash = createHash('sha256')
    .update(`${id} ${Math.floor(now.getTime() / 3_600_000)}`)
    .digest();
  return 0.9 + (hash.readUInt16BE(0) / 65_535) * 0.2;
}
