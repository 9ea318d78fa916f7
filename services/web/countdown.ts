// How far a moment is -> words; pure.
import { english, type Words } from '../../core/words.ts';
import { hourMs, dayMs } from '../../core/time.ts';

const units: [string, number][] = [
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', 60_000],
];

/** "in 12 days", "in 31 hours", "in 5 minutes", "now"; "2 days ago" for what is past. Hours count up to two days. */
export function countdown(at: Date, now: Date, words: Words = english): string {
  const distanceMs = Math.abs(at.getTime() - now.getTime());
  const [name, ms] = units.find(([unit, size]) => distanceMs >= (unit === 'day' ? 2 : 1) * size) ?? [];
  if (name === undefined || ms === undefined) return words.say('deadlines.now');
  return words.say(at > now ? 'deadlines.in' : 'deadlines.ago', { unit: name, n: Math.floor(distanceMs / ms) });
}
