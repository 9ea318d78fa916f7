// How a source fares -> words and a colour, against what is usual for it; pure.
import { kindsThat } from '../../../core/source-kinds.ts';
import type { SourceFigures } from '../../../core/store/source-figures.ts';
import { deskTime } from '../desk-time.ts';
import { plural } from '../../../core/plural.ts';
import { dayMs } from '../../../core/time.ts';

export interface SourceWords {
  state: string;
  colour: 'good' | 'warn' | 'bad' | 'muted';
  /** The state against what is usual, or what went wrong. */
  words: string;
}

const withoutRhythm = new Set(kindsThat((row) => row.hasNoItems === true));

const healthStates = {
  new: ['not read yet', 'muted'],
  ok: ['ok', 'good'],
  quiet: ['quiet', 'muted'],
  late: ['late', 'warn'],
  broken: ['broken', 'bad'],
} as const;

/** Says which of quiet, late, broken, paused or ended it is, and why: "usually 3 a week, none for 20 days". */
export function describeSource(source: SourceFigures, now: Date): SourceWords {
  const { kind, status, health, lastError, failures, note, deletedAt } = source;
  if (deletedAt !== null) return { state: 'deleted', colour: 'muted', words: rhythmWords(source, now) };
  if (status === 'gone') return { state: 'ended', colour: 'bad', words: lastError ?? '' };
  if (status === 'paused') return { state: 'paused', colour: 'muted', words: note ?? rhythmWords(source, now) };
  const [state, colour] = healthStates[health];
  if (health === 'new' || (withoutRhythm.has(kind) && health !== 'broken')) return { state, colour, words: '' };
  if (health !== 'broken') return { state, colour, words: rhythmWords(source, now) };
  const times = failures > 1 ? ` (${failures} times in a row)` : '';
  return { state, colour, words: `${lastError ?? ''}${times}` };
}

/** When it is looked at next; null for one that is not. */
export function tellNextLook(source: SourceFigures, { now, timezone }: { now: Date; timezone: string }): string | null {
  const { status, deletedAt, nextCheckAt } = source;
  if (status !== 'active' || deletedAt !== null) return null;
  return nextCheckAt <= now ? 'now' : deskTime(nextCheckAt, timezone);
}

/** "usually 3 a week, none for 20 days". */
export function rhythmWords({ weeks, newestAt }: Pick<SourceFigures, 'weeks' | 'newestAt'>, now: Date): string {
  if (newestAt === null) return 'nothing published so far';
  const latest = weeks.at(-1) ?? 0;
  const days = Math.floor((now.getTime() - newestAt.getTime()) / dayMs);
  const lately = latest > 0 ? `${latest} in the last 7 days` : `none for ${plural(days, 'day', 'days')}`;
  return [...usualWords(weeks), lately].join(', ');
}

/** The median of the weeks before this one, from the first with news on; nothing for a source known this week only. */
function usualWords(weeks: readonly number[]): string[] {
  const before = weeks.slice(0, -1);
  const known = before.slice(before.findIndex((items) => items > 0));
  const all = known.reduce((sum, items) => sum + items, 0);
  if (all === 0) return [];
  const median = known.toSorted((a, b) => a - b)[Math.floor(known.length / 2)]!;
  return [
    median > 0 ? `usually ${median} a week` : `usually 1 in ${Math.max(2, Math.round(known.length / all))} weeks`,
  ];
}
