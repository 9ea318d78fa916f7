// Where an issue stands on its way, and the one thing to do next, as the bar of its page says it.
import { DateTime } from 'luxon';
import { introHtml, introSource } from '../../../core/letter/intro.ts';
import type { House } from '../../../core/house.ts';
import { plural } from '../../../core/plural.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { describeMissing } from '../../../core/store/missing-news.ts';
import { countReached } from '../../../core/store/readers.ts';
import { nextTime } from '../../../core/week.ts';
import { fieldTime, deskTime } from '../desk-time.ts';
import { bornDate } from './born-date.ts';
import { issueStatusWords } from '../issues.ts';

const steps = [
  { name: 'Drafted', states: ['draft'] },
  { name: 'In review', states: ['in_review'] },
  { name: 'Approved', states: ['approved'] },
  { name: 'Scheduled', states: ['scheduled'] },
  { name: 'Sent', states: ['sending', 'sent'] },
] as const;

/** Whether it may still be changed. */
export function isOpen({ status }: Pick<Issue, 'status'>): boolean {
  return status !== 'sending' && status !== 'sent';
}

/** What the bar and the forms for sending show. */
export async function showState(issue: Issue, { db, config, now }: House) {
  const { SEND_AT, TIMEZONE: timezone } = config;
  const at = steps.findIndex(({ states }) => (states as readonly string[]).includes(issue.status));
  const isApproved = issue.status === 'approved' || issue.status === 'scheduled';
  const goesOut =
    issue.sendAt ?? proposedTime(issue, { next: nextTime(SEND_AT, now(), timezone), now: now(), timezone });
  return {
    issue: { ...issue, content: null, introSource: introSource(issue) },
    intro: introHtml(issue),
    state: issueStatusWords[issue.status],
    dated: shortDate(issue.date, timezone),
    steps: steps.map(({ name }, index) => ({ name, is: index < at ? 'past' : index === at ? 'now' : 'next' })),
    isOpen: isOpen(issue),
    isReview: issue.status === 'draft' || issue.status === 'in_review',
    isLaying: issue.poolAskedAt !== null,
    isApproved,
    sendAt: deskTime(issue.sendAt, timezone),
    sendIn: issue.sendAt && issue.status === 'scheduled' ? timeUntil(issue.sendAt, now()) : null,
    sendField: fieldTime(goesOut, timezone),
    bears: bornDate(issue, { at: goesOut, timezone }),
    readerCount: isApproved ? plural(await countReached(db), 'reader', 'readers') : null,
    timezone,
    missing: issue.missing === null ? null : describeMissing(issue.missing),
  };
}

/** The next time of letters; for an issue whose own has passed the next day at that hour, since the next one is of another issue. */
function proposedTime(
  { date }: Pick<Issue, 'date'>,
  { next, now, timezone: zone }: { next: Date; now: Date; timezone: string },
): Date {
  const slot = DateTime.fromJSDate(next, { zone });
  if (slot.startOf('day').diff(DateTime.fromISO(date, { zone }), 'days').days < 7) return next;
  const { hour, minute } = slot;
  return DateTime.fromJSDate(now, { zone }).plus({ days: 1 }).startOf('day').set({ hour, minute }).toJSDate();
}

/** "Sat 28 Nov": the year is the one that everybody at the desk is in. */
function shortDate(date: string, zone: string): string {
  return DateTime.fromISO(date, { zone }).toFormat('ccc d LLL', { locale: 'en' });
}

/** "in 21 h", "in 3 days", "in 5 min"; "now" for what is past. */
function timeUntil(at: Date, now: Date): string {
  const minutes = Math.round(DateTime.fromJSDate(at).diff(DateTime.fromJSDate(now)).as('minutes'));
  if (minutes <= 0) return 'now';
  if (minutes < 90) return `in ${minutes} min`;
  return minutes < 72 * 60 ? `in ${Math.round(minutes / 60)} h` : `in ${Math.round(minutes / 1440)} days`;
}
