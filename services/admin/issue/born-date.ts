// The date that a letter bears, and whether it is another day than the one on which it goes out.
import { readableDate } from '../../../core/week.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { fieldTime } from '../desk-time.ts';

/** `href` leads to the field of the opening where it is changed. */
export function bornDate({ id, date }: Pick<Issue, 'id' | 'date'>, { at, timezone }: { at: Date; timezone: string }) {
  return {
    date: readableDate(date, timezone),
    isOther: fieldTime(at, timezone).slice(0, 10) !== date,
    href: `/desk/issues/${id}?pane=story#date`,
  };
}
