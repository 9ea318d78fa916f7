// When to look again -> a moment: sources by what they ask for, transcripts by what went wrong; pure.
import { createHash } from 'node:crypto';
import { readRetryAfter } from '../../../core/network/retry-after.ts';
import { sourceKinds, type SourceKind } from '../../../core/source-kinds.ts';
import type { RefreshHints } from '../../../core/store/sources.ts';
import { expectedGapMs } from './source-rhythm.ts';
import { minuteMs, hourMs, dayMs } from '../../../core/time.ts';

/** What bears on when a publisher wants to be asked again. */
export interface RefreshRequest extends RefreshHints {
  /** Of the response: Cache-Control, Age, Expires, Date, Retry-After. */
  headers: Record<string, string>;
  /** When its items came, newest first. */
  published: readonly Date[];
}

/**
 * The longest of our own interval, what the publisher asks for (ttl, max-age or Expires: a day at most) and Retry-After
 * (2 days at most), and up to a tenth more so that sources do not come in step; after that the first hour that the
 * publisher does not ask to skip.
 */
export function nextCheck(
  source: { id: number; kind: SourceKind; intervalMinutes: number | null },
  now: Date,
  { ttlMinutes, skipHours = [], skipDays = [], headers, published }: RefreshRequest,
): Date {
  const ownMs =
    source.intervalMinutes === null ? usualMs(source.kind, published, now) : source.intervalMinutes * minuteMs;
  const askedMs = Math.min(Math.max((ttlMinutes ?? 0) * minuteMs, freshMs(headers, now)), dayMs);
  const waitMs = Math.max(ownMs, askedMs, readRetryAfter(headers['retry-after'], now) ?? 0);
  const share = jitter(source.id, now);
  return afterSkipped(new Date(now.getTime() + waitMs * share), {
    skipHours,
    skipDays,
    lateMs: (share - 1) * 10 * hourMs,
  });
}

/** The first moment in an hour that is not to be skipped: `lateMs` into it, so that sources do not come in step. */
function afterSkipped(
  wanted: Date,
  { skipHours, skipDays, lateMs }: { skipHours: readonly number[]; skipDays: readonly number[]; lateMs: number },
): Date {
  const isSkipped = (date: Date) => skipDays.includes(date.getUTCDay()) || skipHours.includes(date.getUTCHours());
  if (!isSkipped(wanted)) return wanted;
  const hour = Math.floor(wanted.getTime() / hourMs);
  const wait = Array.from({ length: 7 * 24 }, (_, hours) => hours + 1).find(
    (hours) => !isSkipped(new Date((hour + hours) * hourMs)),
  );
  return wait === undefined ? wanted : new Date((hour + wait) * hourMs + lateMs);
}

/** A 24th of what to expect before the next item, half a day at most: a weekly blog is looked at every 7 hours. */
function usualMs(kind: SourceKind, published: readonly Date[], now: Date): number {
  const { everyMinutes, isSteady } = sourceKinds[kind];
  const leastMs = everyMinutes * minuteMs;
  const rhythmMs = isSteady ? 0 : (expectedGapMs(published, now) ?? 0) / 24;
  return Math.max(leastMs, Math.min(rhythmMs, dayMs / 2));
}

/** How long the response stays fresh (RFC 9111, 4.2.1): max-age less Age, else Expires less Date. */
function freshMs(headers: Record<string, string>, now: Date): number {
  const cacheControl = headers['cache-control'] ?? '';
  if (/\bno-(?:cache|store)\b/i.test(cacheControl)) return 0;
  const maxAge = /\bmax-age="?(\d+)/i.exec(cacheControl)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - (Number(headers['age']) || 0)) * 1000;
  const until = Date.parse(headers['expires'] ?? '') - (Date.parse(headers['date'] ?? '') || now.getTime());
  return until > 0 ? until : 0;
}

/** 15 minutes after the first failure, twice as long after each further one, a day at most; or when the server said. */
export function nextCheckAfterFailure(
  source: { id: number; failures: number },
  now: Date,
  retryAfterMs: number | undefined,
): Date {
  const waitMs = Math.max(Math.min(15 * minuteMs * 2 ** source.failures, dayMs), retryAfterMs ?? 0);
  return new Date(now.getTime() + waitMs * jitter(source.id, now));
}

/** 1, 3, 9, 27 ... hours after so many failures before: for what nobody waits for. */
export function slowBackoffMs(failuresBefore: number): number {
  return hourMs * 3 ** failuresBefore;
}

/** A block lifts after hours, a failure often after minutes; null when it was tried often enough. */
export function nextTranscriptTry(state: 'blocked' | 'failed', tries: number, now: Date): Date | null {
  if (tries >= 8) return null;
  const waitMs = state === 'blocked' ? 60 * minuteMs * 2 ** tries : 10 * minuteMs * 3 ** tries;
  return new Date(now.getTime() + Math.min(waitMs, 2 * dayMs));
}

/** Half an hour after a video should be on air; within a day, since dates are moved, and each three hours where nobody says. */
export function nextLookOnAir(airsAt: Date | null, now: Date): Date {
  const waitMs = airsAt === null ? 180 * minuteMs : airsAt.getTime() + 30 * minuteMs - now.getTime();
  return new Date(now.getTime() + Math.min(Math.max(waitMs, 30 * minuteMs), dayMs));
}

/** Jitter of 1 to 1.1, the same for the same source and hour: never sooner than asked. */
function jitter(id: number, now: Date): number {
  const hash = createHash('sha256')
    .update(`${id} ${Math.floor(now.getTime() / hourMs)}`)
    .digest();
  return 1 + hash.readUInt16BE(0) / 655_350;
}
