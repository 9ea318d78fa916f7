// How much a reader gets: stories in a letter, how often one comes, in which zone, and from when to when none does.
import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { issueSteps, setAmount, setPaused, type EveryIssues, type Reader } from '../../core/store/readers.ts';
import { readableDate } from '../../core/week.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

/** What the page offers; a reader who has another length keeps it. */
const offeredLengths = [5, 12, 20];
/** How often, in words. */
export const stepWords: Readonly<Record<EveryIssues, string>> = {
  1: 'every week',
  2: 'every two weeks',
  4: 'every four weeks',
};
/** Longer than a year is leaving. */
const longestPauseDays = 366;

/** Stories in a letter. */
export const lengthField = z.coerce
  .number({ error: 'The length is a number from 3 to 40.' })
  .int('The length is a whole number from 3 to 40.')
  .min(3, 'The shortest mail has 3 stories.')
  .max(40, 'The longest mail has 40 stories.');
/** How often. */
export const stepField = z.coerce
  .number({ error: 'Choose how often.' })
  .pipe(z.literal([...issueSteps], 'Choose every week, every two weeks or every four.'));
/** A time zone; nothing typed is null. */
export const zoneField = z
  .string()
  .trim()
  .refine(
    (zone) => zone === '' || isZone(zone),
    'This is no time zone. Choose one from the list, such as Europe/Berlin.',
  )
  .transform((zone) => zone || null);
const amountForm = z.object({
  length: lengthField.optional(),
  everyIssues: stepField.optional(),
  timezone: zoneField.optional(),
});
const pauseForm = z.object({
  until: z
    .string()
    .regex(/^(\d{4}-\d\d-\d\d)?$/, 'The day is written like 2026-12-24.')
    .default(''),
});

/** Whether it names a zone that clocks here know; links such as "US/Pacific" do, too. */
function isZone(zone: string): boolean {
  return zone.length <= 60 && DateTime.local({ zone }).isValid && /^[A-Za-z]/.test(zone);
}

/** What is offered to who subscribes. */
export const amountOffer = {
  steps: issueSteps.map((value) => ({ value, words: stepWords[value], isSet: value === 1 })),
  lengths: offeredLengths.map((value) => ({ value, isSet: value === 12 })),
};

/** What the page shows of it. */
export function amountOf({ config, now }: House, reader: Reader) {
  const zone = reader.timezone ?? config.TIMEZONE;
  const tomorrow = DateTime.fromJSDate(now(), { zone }).plus({ days: 1 });
  return {
    steps: issueSteps.map((value) => ({ value, words: stepWords[value], isSet: value === reader.everyIssues })),
    lengths: [...new Set([...offeredLengths, reader.length])]
      .toSorted((a, b) => a - b)
      .map((value) => ({ value, isSet: value === reader.length })),
    timezone: reader.timezone ?? '',
    usual: config.TIMEZONE,
    zones: Intl.supportedValuesOf('timeZone'),
    pausedUntil: reader.pausedUntil && readableDate(reader.pausedUntil, zone),
    firstDay: tomorrow.toISODate(),
    lastDay: tomorrow.plus({ days: longestPauseDays - 1 }).toISODate(),
  };
}

/** Registers the forms. */
export function takeAmount(app: FastifyInstance, { config, db, now }: House): void {
  app.post('/preferences/:token/amount', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const before = await setAmount(db, id, { ...readInput(amountForm, request.body), at: now() });
    const undo = before && Object.entries(before).map(([name, value]): [string, string] => [name, String(value ?? '')]);
    return backToPage(reply, { token, said: 'amount', undo: undo ? [['undo', 'amount'], ...undo] : [] });
  });

  app.post('/preferences/:token/pause', async (request, reply) => {
    const { id, token, timezone } = await readerOf(db, request);
    const { until } = readInput(pauseForm, request.body);
    const day = until === '' ? null : dayAfterNow(until, { zone: timezone ?? config.TIMEZONE, now: now() });
    await setPaused(db, id, { paused: true, until: day, at: now() });
    return backToPage(reply, { token, said: day ? 'pausedUntil' : 'paused' });
  });

  app.post('/preferences/:token/resume', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    await setPaused(db, id, { paused: false, at: now() });
    return backToPage(reply, { token, said: 'resumed' });
  });
}

/** The beginning of a day in the reader's zone. */
function dayAfterNow(day: string, { zone, now }: { zone: string; now: Date }): Date {
  const start = DateTime.fromISO(day, { zone });
  const days = start.diff(DateTime.fromJSDate(now), 'days').days;
  if (!start.isValid || days <= 0) {
    throw new PageError(400, 'A pause ends on a day to come.', 'Go back and choose tomorrow or later.');
  }
  if (days > longestPauseDays) {
    throw new PageError(400, 'A pause is a year at most.', 'Pause without a day, and resume when you like.');
  }
  return start.toJSDate();
}
