// A Retry-After header -> how long to stay away; pure.
import { dayMs } from '../time.ts';

const maxMs = 2 * dayMs;

/** Milliseconds, 2 days at most, given as seconds or as a date (RFC 9110, 10.2.3); undefined for anything else. */
export function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), maxMs) : undefined;
}
