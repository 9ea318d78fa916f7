// How much a reader gets: stories in a letter, how often one comes, in which language and zone, and from when to when none does.
import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { dayAhead, maxPauseDays } from '../../core/readers/pause-until.ts';
import { issueSteps, setAmount, setPaused, type EveryIssues, type Reader } from '../../core/store/readers.ts';
import type { Words } from '../../core/words.ts';
import { isWordsLang, langNames, wordsLangs } from '../../core/words-langs.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

/** What the page offers; a reader who has another length keeps it. */
const offeredLengths = [5, 12, 20];
/** How often, in words: "every two weeks". */
export function stepWords(every: EveryIssues, words: Words): string {
  return words.say('amount.step', { every });
}

/** Stories in a letter. */
export const lengthField = z.coerce
  .number({ error: asText('amount.lengthNumber') })
  .int(asText('amount.lengthWhole'))
  .min(3, asText('amount.lengthLeast'))
  .max(40, asText('amount.lengthMost'));
/** How often. */
export const stepField = z.coerce
  .number({ error: asText('amount.stepNumber') })
  .pipe(z.literal([...issueSteps], asText('amount.stepOne')));
/** A time zone; nothing typed is null. */
export const zoneField = z
  .string()
  .trim()
  .refine((zone) => zone === '' || isZone(zone), asText('amount.wrongZone'))
  .transform((zone) => zone || null);
/** A language there are words in; nothing chosen is null. */
export const langField = z
  .string()
  .refine((lang) => lang === '' || isWordsLang(lang), asText('amount.wrongLanguage'))
  .transform((lang) => (isWordsLang(lang) ? lang : null));
const amountForm = z.object({
  lang: langField.optional(),
  length: lengthField.optional(),
  everyIssues: stepField.optional(),
  timezone: zoneField.optional(),
});
const pauseForm = z.object({
  until: z
    .string()
    .regex(/^(\d{4}-\d\d-\d\d)?$/, asText('amount.wrongDay'))
    .default(''),
});

/** Whether it names a zone that clocks here know; links such as "US/Pacific" do, too. */
function isZone(zone: string): boolean {
  return zone.length <= 60 && DateTime.local({ zone }).isValid && /^[A-Za-z]/.test(zone);
}

/** Zones in which most people have a clock; a browser adds its own and all others. */
export const fewZones =
  'America/Los_Angeles America/New_York America/Sao_Paulo Europe/London Europe/Berlin Africa/Nairobi Asia/Kolkata Asia/Shanghai Asia/Tokyo Australia/Sydney UTC'.split(
    ' ',
  );

/** What is offered to whoever subscribes; `usualZone` is that of the publication. */
export function amountOffer(words: Words, usualZone: string) {
  return {
    usualZone,
    zones: fewZones.filter((zone) => zone !== usualZone).map((value) => ({ value, isSet: false })),
    steps: issueSteps.map((value) => ({ value, words: stepWords(value, words), isSet: value === 1 })),
    lengths: offeredLengths.map((value) => ({ value, isSet: value === 12 })),
    langs: langsOffered(words.lang),
  };
}

function langsOffered(chosen: string | null) {
  return wordsLangs.map((value) => ({ value, name: langNames[value], isSet: value === chosen }));
}

/** What the page shows of it. */
export function amountOf({ config, now }: House, reader: Reader, words: Words) {
  const zone = reader.timezone ?? config.TIMEZONE;
  const tomorrow = DateTime.fromJSDate(now(), { zone }).plus({ days: 1 });
  return {
    steps: issueSteps.map((value) => ({ value, words: stepWords(value, words), isSet: value === reader.everyIssues })),
    lengths: [...new Set([...offeredLengths, reader.length])]
      .toSorted((a, b) => a - b)
      .map((value) => ({ value, isSet: value === reader.length })),
    langs: langsOffered(reader.lang),
    langOpen: words.say('amount.languageOpen', { language: langNames[config.SITE_LANGUAGE] }),
    isLangOpen: reader.lang === null,
    timezone: reader.timezone ?? '',
    usual: config.TIMEZONE,
    zones: Intl.supportedValuesOf('timeZone'),
    pausedUntil: reader.pausedUntil && words.date(reader.pausedUntil, zone),
    firstDay: tomorrow.toISODate(),
    lastDay: tomorrow.plus({ days: maxPauseDays - 1 }).toISODate(),
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
function dayAfterNow(day: string, clock: { zone: string; now: Date }): Date {
  const until = dayAhead(day, clock);
  if (until === 'past') throw new PageError(400, { key: 'amount.pauseAhead' }, { key: 'amount.pauseAheadTodo' });
  if (until === 'tooLong') throw new PageError(400, { key: 'amount.pauseYear' }, { key: 'amount.pauseYearTodo' });
  return until;
}
