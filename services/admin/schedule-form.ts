// When an issue is drafted and when it is meant to go out, in which zone and language: asked on the settings page where the environment says nothing.
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import { isFixed } from '../../core/live-config.ts';
import type { LoadedSettings, Settings } from '../../core/store/settings.ts';
import { langNames, wordsLangs } from '../../core/words-langs.ts';
import { deskTime } from './desk-time.ts';

const days = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' } as const; // prettier-ignore
type Day = keyof typeof days;
const dayNames = Object.keys(days) as Day[];
const clock = (what: string) =>
  z.string({ error: `Type ${what}.` }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, `Type ${what} as 07:00.`);
const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
const zonesByLowerCase = new Map([...zones].map((zone) => [zone.toLowerCase(), zone]));

const scheduleFields = z
  .object({
    draftDay: z.enum(dayNames, 'Choose a day for the draft.'),
    draftTime: clock('a time for the draft'),
    sendDay: z.enum(dayNames, 'Choose a day for the sending.'),
    sendTime: clock('a time for the sending'),
    whenForgotten: z.enum(['wait', 'skip', 'send'], 'Choose what becomes of an issue that nobody approved.').default('wait'), // prettier-ignore
    timezone: z
      .string({ error: 'Type the time zone.' })
      .trim()
      .transform((typed, context) => {
        const zone = zonesByLowerCase.get(typed.toLowerCase());
        if (zone !== undefined) return zone;
        context.addIssue({
          code: 'custom',
          message: `“${typed.slice(0, 60)}” is no time zone; one reads like Europe/Berlin.`,
        });
        return z.NEVER;
      }),
    language: z.enum(wordsLangs, 'Choose a language of the list.').optional(),
  })
  .refine(({ draftDay, draftTime, sendDay, sendTime }) => draftDay !== sendDay || draftTime !== sendTime, {
    path: ['sendTime'],
    error: 'An issue cannot go out the minute it is drafted; leave time to look at it.',
  });

/** The questions; of what the environment fixes its value is taken, whatever a form says: the page does not ask for it. */
export function scheduleForm(config: Config) {
  return z.preprocess((typed) => ({ ...(typed as object), ...fixedAnswers(config) }), scheduleFields);
}

/** The fields of what the environment fixes, as it fixes them. */
function fixedAnswers(config: Config) {
  const [draftDay, draftTime] = config.DRAFT_AT.split(' ');
  const [sendDay, sendTime] = config.SEND_AT.split(' ');
  return {
    ...(isFixed(config, 'DRAFT_AT') && { draftDay, draftTime }),
    ...(isFixed(config, 'SEND_AT') && { sendDay, sendTime }),
    ...(isFixed(config, 'TIMEZONE') && { timezone: config.TIMEZONE }),
    ...(isFixed(config, 'SITE_LANGUAGE') && { language: undefined }),
  };
}

/** The answers as settings, without what the environment fixes: when it no longer does, what was set before holds again. */
export function scheduleSettings(config: Config) {
  return (
    { draftDay, draftTime, sendDay, sendTime, timezone, language, whenForgotten }: z.infer<typeof scheduleFields>,
    owner: { name: string },
    before: Pick<LoadedSettings, 'whenForgotten' | 'forgottenBy'>,
  ): Pick<Settings, 'draftAt' | 'sendAt' | 'timezone' | 'language' | 'whenForgotten' | 'forgottenBy'> => ({
    ...(!isFixed(config, 'DRAFT_AT') && { draftAt: `${draftDay} ${draftTime}` }),
    ...(!isFixed(config, 'SEND_AT') && { sendAt: `${sendDay} ${sendTime}` }),
    ...(!isFixed(config, 'TIMEZONE') && { timezone }),
    ...(language && { language }),
    whenForgotten,
    // Nothing goes out without a name on it: that of whoever set it so, whoever changes a time afterwards.
    forgottenBy:
      whenForgotten === 'wait' ? '' : whenForgotten === before.whenForgotten ? before.forgottenBy : owner.name,
  });
}

/** What the page shows in its fields. */
export function showSchedule(config: Config, { whenForgotten }: LoadedSettings, now: Date) {
  const [draftDay = '', draftTime = ''] = config.DRAFT_AT.split(' ');
  const [sendDay = '', sendTime = ''] = config.SEND_AT.split(' ');
  return {
    values: {
      draftDay,
      draftTime,
      sendDay,
      sendTime,
      timezone: config.TIMEZONE,
      language: config.SITE_LANGUAGE,
      whenForgotten,
    },
    shown: {
      days: dayNames.map((day) => ({ day, name: days[day] })),
      languages: wordsLangs.map((lang) => ({ lang, name: langNames[lang] })),
      fixedSchedule: (['DRAFT_AT', 'SEND_AT', 'TIMEZONE', 'SITE_LANGUAGE'] as const).filter((name) =>
        isFixed(config, name),
      ),
      clock: deskTime(now, config.TIMEZONE),
    },
  };
}
