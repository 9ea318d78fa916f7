// When a source published -> whether it is quiet or late, by its own rhythm; pure.
import { dayMs, weekMs } from '../../../core/time.ts';

/**
 * `late`: silent for more than twice its usual gap, two weeks at least, and known well enough to say so;
 * `quiet`: silent for longer than usual, a week at least, or never heard.
 */
export function judgeRhythm(dates: readonly Date[], now: Date): 'ok' | 'quiet' | 'late' {
  const times = dates.map((date) => date.getTime()).toSorted((a, b) => b - a);
  const newest = times[0];
  if (newest === undefined) return 'quiet';
  const silenceMs = now.getTime() - newest;
  const gapMs = medianGapMs(times);
  if (gapMs !== undefined && silenceMs > Math.max(2 * gapMs, 14 * dayMs)) return 'late';
  return silenceMs > Math.max(gapMs ?? 0, weekMs) ? 'quiet' : 'ok';
}

/** How long ago the newest is or how long it usually takes, whichever is more: what to expect before the next. */
export function expectedGapMs(dates: readonly Date[], now: Date): number | undefined {
  const times = dates.map((date) => date.getTime()).toSorted((a, b) => b - a);
  return times[0] === undefined ? undefined : Math.max(now.getTime() - times[0], medianGapMs(times) ?? 0);
}

/** Of three dates or more; posts of one day count as one, since many publish in bursts. */
function medianGapMs(newestFirst: readonly number[]): number | undefined {
  const days = newestFirst.filter((time, at) => at === 0 || newestFirst[at - 1]! - time >= dayMs);
  if (days.length < 3) return undefined;
  const gaps = days
    .slice(1)
    .map((time, at) => days[at]! - time)
    .toSorted((a, b) => a - b);
  return gaps[Math.floor((gaps.length - 1) / 2)];
}
