// `/desk/settings`: what readers get and from whom, when it is made, and its sections; every wrong value is told at its field.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import type { Curator } from '../../core/store/curators.ts';
import type { Queryable } from '../../core/db.ts';
import { followSettings } from '../../core/live-config.ts';
import { curatorsWithFactor } from '../../core/store/second-factors.ts';
import {
  loadSettings,
  lockSettings,
  saveSettings,
  type LoadedSettings,
  type Settings,
} from '../../core/store/settings.ts';
import { readFields, typedIn, type FieldErrors, type TypedFields } from '../read-fields.ts';
import { isStorable, readInput } from '../read-input.ts';
import { PageError } from '../page-error.ts';
import type { Room } from '../room.ts';
import { accentForm, accentSettings, showAccent } from './accent-form.ts';
import { note, ownerOf, showDesk, showHistory } from './desk.ts';
import { takeLogo } from './logo.ts';
import { mergeFields, seenIn } from './merge-fields.ts';
import { publicationFields, publicationSettings, showPublication } from './publication-form.ts';
import { scheduleForm, scheduleSettings, showSchedule } from './schedule-form.ts';
import { sectionSettings, sectionsForm, showSectionSettings } from './section-settings.ts';

const query = z.object({
  said: z.enum(['saved', 'scheduled', 'described', 'looks', 'signing']).optional().catch(undefined),
});
const saidWords = {
  saved: 'Saved. The next mail and the next page have it.',
  scheduled: 'Saved. It holds from now on.',
  described: 'Saved. The next draft is sorted by it.',
  signing: 'Saved. It holds from the next page on.',
  looks: 'Saved. Pages have it now; letters and mails that are written from now on have it too.',
};

/** A box that is not ticked is not sent. */
const signingForm = z.object({ requireSecondFactor: z.literal('yes').optional().catch(undefined) });
const signingSettings = ({ requireSecondFactor }: z.infer<typeof signingForm>): Settings => ({ requireSecondFactor: requireSecondFactor === 'yes' }); // prettier-ignore

interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A form of the page: how it is read, what it makes of the settings, and what the audit calls it. */
interface SettingsForm {
  path: string;
  /** Of what it shows, for `seen`. */
  name: 'publication' | 'schedule' | 'sections' | 'accent' | 'signing';
  schema: z.ZodType<Record<string, unknown>>;
  settingsOf: (data: never, owner: Curator, before: LoadedSettings) => Settings;
  action: string;
  said: keyof typeof saidWords;
}

/** All but the logo, which is no line of text. */
function formsOf(config: Config): SettingsForm[] {
  return [
    { path: '/desk/settings', name: 'publication', schema: z.object(publicationFields(config, { mayLackSender: true })), settingsOf: publicationSettings, action: 'change the settings', said: 'saved' }, // prettier-ignore
    { path: '/desk/settings/schedule', name: 'schedule', schema: scheduleForm(config), settingsOf: scheduleSettings(config), action: 'change the schedule', said: 'scheduled' }, // prettier-ignore
    { path: '/desk/settings/sections', name: 'sections', schema: sectionsForm, settingsOf: sectionSettings, action: 'describe the sections', said: 'described' }, // prettier-ignore
    { path: '/desk/settings/accent', name: 'accent', schema: accentForm, settingsOf: accentSettings, action: 'change the accent', said: 'looks' }, // prettier-ignore
    { path: '/desk/settings/signing-in', name: 'signing', schema: signingForm, settingsOf: signingSettings, action: 'change how curators sign in', said: 'signing' }, // prettier-ignore
  ];
}

/** Registers the page and its forms. */
export function settingsRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, config, now } = house;

  desk.get('/desk/settings', (request, reply) => {
    const { said } = readInput(query, request.query);
    return showSettings({ request, reply }, { said: said ? saidWords[said] : null });
  });

  for (const form of formsOf(config))
    desk.post(form.path, async (request, reply) => {
      const owner = ownerOf(request);
      if (!isStorable(request.body)) throw new PageError(400, 'It holds a character that no keyboard types.', 'Go back, correct it, and send it again.'); // prettier-ignore
      const typed = typedIn(request.body);
      const refused = await db.transaction(async (tx) => {
        await lockSettings(tx);
        const settings = await loadSettings(tx);
        // What another process took is what the form is compared with.
        followSettings(config, settings);
        const merged = mergeFields(typed, { now: showForms(config, settings, now()).values, what: 'the settings' });
        const read = readFields(form.schema, merged);
        if ('errors' in read) return { errors: read.errors, merged };
        const after = form.settingsOf(read.data as never, owner, settings);
        const errors = await whyNot(tx, owner, { merged, settings, after });
        if (errors) return { errors, merged };
        const before = Object.fromEntries(Object.keys(after).map((name) => [name, settings[name as keyof Settings]]));
        await saveSettings(tx, after);
        await note(tx, owner, { action: form.action, subject: 'settings', before, after, at: now() });
        return undefined;
      });
      if (refused) {
        // What fits neither curator's page alone may come of both: the fields show it, and say whose they are.
        const { errors, merged } = refused;
        const theirs = Object.keys(merged).filter((name) => name !== 'seen' && merged[name] !== typed[name] && typed[name] !== undefined); // prettier-ignore
        const changed = Object.fromEntries(theirs.map((name) => [name, 'Somebody changed this meanwhile: it is as it stands now.'])); // prettier-ignore
        return showSettings({ request, reply }, { said: null, errors: { ...changed, ...errors }, typed: merged });
      }
      followSettings(config, await loadSettings(db));
      return reply.redirect(`/desk/settings?said=${form.said}`, 303);
    });
  takeLogo(desk, house, (visit, wrong) => showSettings(visit, { said: null, errors: { logo: wrong } }));

  async function showSettings(
    visit: Visit,
    shown: { said: string | null; errors?: FieldErrors; typed?: TypedFields },
  ): Promise<FastifyReply> {
    const settings = await loadSettings(db);
    const { errors = {}, typed = {}, said } = shown;
    const { values, around, seen } = showForms(config, settings, now());
    return showDesk(room, visit, {
      name: 'desk-settings',
      isKeepable: true,
      title: 'Settings',
      here: 'settings',
      status: Object.keys(errors).length > 0 ? 400 : 200,
      said,
      wrong: Object.values(errors),
      ...showFields(values, { errors, typed }),
      ...around,
      // Also of a form that is shown again: it has what others changed meanwhile.
      seen,
      history: await showHistory(house, 'settings'),
    });
  }
}

/** What stands in the fields of all forms, and beside them. */
function showForms(config: Config, settings: LoadedSettings, now: Date) {
  const [publication, schedule] = [showPublication(config, settings), showSchedule(config, settings, now)];
  const [sections, accent] = [showSectionSettings(settings), showAccent(settings)];
  const own = { logo: '', requireSecondFactor: settings.requireSecondFactor ? 'yes' : '' };
  return {
    values: { ...publication.values, ...schedule.values, ...sections.values, ...accent.values, ...own },
    around: { ...publication.shown, ...schedule.shown, ...sections.shown, ...accent.shown },
    seen: {
      publication: seenIn(publication.values),
      schedule: seenIn(schedule.values),
      sections: seenIn(sections.values),
      accent: seenIn(accent.values),
    },
  };
}

/** A sender that mails go out with is not taken away by an empty field. Who asks a second factor of others without having one is at once before a closed door, and so is everybody else. */
async function whyNot(
  db: Queryable,
  owner: Curator,
  {
    merged,
    settings,
    after: { requireSecondFactor },
  }: { merged: TypedFields; settings: LoadedSettings; after: Settings },
): Promise<FieldErrors | undefined> {
  if (merged['mailFrom']?.trim() === '' && settings.mailFrom !== undefined)
    return { mailFrom: 'Type the sender of the mails.' };
  if (!requireSecondFactor || (await curatorsWithFactor(db)).has(owner.id)) return undefined;
  return { requireSecondFactor: 'Set up a second factor for yourself first, under Sessions.' };
}

/** What each field holds, as it was typed where the form is shown again, and what is wrong with it; null where nothing is, since Liquid takes an empty text for true. */
function showFields(values: TypedFields, { errors, typed }: { errors: FieldErrors; typed: TypedFields }) {
  const none = Object.fromEntries(Object.keys(values).map((name) => [name, null]));
  return { values: { ...values, ...typed }, errors: { ...none, ...errors } };
}
