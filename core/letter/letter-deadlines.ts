// Deadlines as letters show them: each a part of its own, of which a reader gets those of their subjects; pure.
import { isSubject, subjectsOf } from './deadline-subjects.ts';
import type { Deadline } from '../store/deadlines.ts';
import { english, type Words } from '../words.ts';
import { dayMs } from '../time.ts';

export interface LetterDeadline {
  title: string;
  /** When, what, and where the conference is, in one line. */
  detail: string;
  href: string | null;
  subjects: string[];
}

/** Who reads of it later than this has another letter before. */
const daysAhead = 35;
/** As many as letters are prepared for, and as one reader gets: the next ones. */
const [mostPrepared, mostShown] = [60, 5];

/** The next deadlines of known subjects, the next first; days at the clocks of `timezone`. */
export function letterDeadlines(
  deadlines: readonly Deadline[],
  { now, timezone, words = english }: { now: Date; timezone: string; words?: Words },
): LetterDeadline[] {
  return deadlines
    .map((deadline) => ({
      ...deadline,
      subjects: deadline.subjects.filter(isSubject),
    }))
    .filter(
      ({ dueAt, subjects }) =>
        subjects.length > 0 && dueAt > now && dueAt.getTime() < now.getTime() + daysAhead * dayMs,
    )
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .slice(0, mostPrepared)
    .map(({ title, year, dueAt, label, place, link, subjects }) => ({
      title: `${title} ${year}`,
      detail: [words.date(dueAt, timezone), ...(label ? [label] : []), ...(place ? [place] : [])].join(' \u00b7 '),
      href: link,
      subjects,
    }));
}

/** So many interests are looked through once an issue: at 20 microseconds each, three take as long as three letters. */
const keptInterests = 20_000;

/** The name of its part; in the order of names the next one is first. */
export function deadlinePart(place: number, { subjects }: Pick<LetterDeadline, 'subjects'>): string {
  return `deadline:${String(place).padStart(2, '0')}:${subjects.join(',')}`;
}

/** Returns the names of the parts that somebody with these interests gets, the next first. */
export function deadlinesFor(parts: readonly string[]): (interests: readonly string[]) => string[] {
  const deadlines = parts
    .filter((part) => part.startsWith('deadline:'))
    .toSorted()
    .map((part) => ({ part, subjects: part.split(':')[2]!.split(',') }));
  const known = new Map<string, string[]>();
  const subjectsFor = (interest: string): string[] => {
    let subjects = known.get(interest);
    if (!subjects) {
      subjects = subjectsOf([interest]);
      if (known.size < keptInterests) known.set(interest, subjects);
    }
    return subjects;
  };
  return (interests) => {
    if (deadlines.length === 0 || interests.length === 0) return [];
    const wanted = new Set(interests.flatMap(subjectsFor));
    const own = deadlines.filter(({ subjects }) => subjects.some((one) => wanted.has(one)));
    return own.slice(0, mostShown).map(({ part }) => part);
  };
}
