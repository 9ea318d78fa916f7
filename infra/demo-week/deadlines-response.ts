// The demo's deadlines -> a list in YAML as the public ai-deadlines write it, dated from the clock.
import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { parse, stringify } from 'yaml';

type DemoDeadline = {
  title: string;
  /** From today to the deadline; past when below 0. */
  days: number;
  abstractDays?: number;
  zone: string;
  /** From today to the conference. */
  inMonths: number;
  sub: string | string[];
  link: string;
};

/** The list as its address answers; every deadline is at the end of a day. */
export function renderDeadlines(now: Date): string {
  const today = DateTime.fromJSDate(now, { zone: 'UTC-12' });
  const endOf = (days: number) => `${today.plus({ days }).toISODate()} 23:59:59`;
  const demo = parse(readFileSync(new URL('deadlines.yaml', import.meta.url), 'utf8')) as DemoDeadline[];
  return stringify(
    demo.map(({ title, days, abstractDays, zone, inMonths, sub, link }) => {
      const start = today.plus({ months: inMonths });
      return {
        title,
        year: start.year,
        id: title.toLowerCase(),
        link,
        deadline: endOf(days),
        ...(abstractDays === undefined ? {} : { abstract_deadline: endOf(abstractDays) }),
        timezone: zone,
        date: start.toFormat('LLLL yyyy', { locale: 'en' }),
        sub,
        note: 'A date of the demo, counted from today.',
      };
    }),
  );
}
