// `/desk/settings/sections`: how each section is described to the sorter of stories.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { describeSections, sections } from '../../core/sections.ts';
import { loadSettings, saveSettings } from '../../core/store/settings.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { note, ownerOf } from './desk.ts';

/** Six to nine words sort 15 to 18 points better than the bare name; more blur what it is about. */
const description = (name: string) =>
  z
    .string({ error: `Describe ${name}.` })
    .overwrite(oneLine)
    .max(200, `Describe ${name} in at most 200 characters.`)
    .refine((text) => {
      const words = text.split(/\s+/).length;
      return words >= 6 && words <= 9;
    }, `Describe ${name} in six to nine words.`);
const form = z.object(Object.fromEntries(sections.map(({ key, name }) => [key, description(name)])));

/** Registers the form. */
export function sectionSettingsRoom(desk: FastifyInstance, { house }: Room): void {
  desk.post('/desk/settings/sections', async (request, reply) => {
    const owner = ownerOf(request);
    const after = readInput(form, request.body);
    await house.db.transaction(async (tx) => {
      const before = (await loadSettings(tx)).sectionDescriptions ?? {};
      await saveSettings(tx, { sectionDescriptions: after });
      const action = 'describe the sections';
      await note(tx, owner, { action, subject: 'settings', before, after, at: house.now() });
    });
    return reply.redirect('/desk/settings?said=described', 303);
  });
}

/** What the settings page shows of them. */
export function showSectionSettings({ sectionDescriptions }: { sectionDescriptions?: Record<string, string> }) {
  return { described: describeSections(sectionDescriptions) };
}
