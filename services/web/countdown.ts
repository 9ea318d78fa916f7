// How far a moment is -> words; pure.

const units: [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "in 12 days", "in 31 hours", "in 5 minutes", "now"; "2 days ago" for what is past. Hours count up to two days. */
export function countdown(at: Date, now: Date): string {
  const distanceMs = Math.abs(at.getTime() - now.getTime());
  const [name, ms] = units.find(([unit, size]) => distanceMs >= (unit === 'day' ? 2 : 1) * size) ?? [];
  if (name === undefined || ms === undefined) return 'now';
  const count = Math.floor(distanceMs / ms);
  const words = `${count} ${name}${count === 1 ? '' : 's'}`;
  return at > now ? `in ${words}` : `${words} ago`;
}
