// `/desk/settings`: what the publication is called, who its mails are from, and the address in their footer.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { loadSettings, saveSettings } from '../../core/store/settings.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { note, ownerOf, showDesk, showHistory } from './desk.ts';
import { showSectionSettings } from './section-settings.ts';
import { publicationFields, publicationSettings, showPublication } from './publication-form.ts';

const query = z.object({ said: z.enum(['saved', 'described']).optional().catch(undefined) });
const saidWords = {
  saved: 'Saved. The next mail and the next page have it.',
  described: 'Saved. The next draft is sorted by it.',
};

/** Registers the page and its form. */
export function settingsRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, config, now } = house;
  const form = z.object(publicationFields(config));

  desk.get('/desk/settings', async (request, reply) => {
    const { said } = readInput(query, request.query);
    const settings = await loadSettings(db);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-settings',
        title: 'Settings',
        here: 'settings',
        isWide: false,
        said: said ? saidWords[said] : null,
        ...showPublication(config, settings),
        ...showSectionSettings(settings),
        history: await showHistory(house, 'settings'),
      },
    );
  });

  desk.post('/desk/settings', async (request, reply) => {
    const owner = ownerOf(request);
    const after = publicationSettings(readInput(form, request.body));
    await db.transaction(async (tx) => {
      const { publication, mailFrom, postalAddress } = await loadSettings(tx);
      await saveSettings(tx, after);
      const before = { publication, mailFrom, postalAddress };
      await note(tx, owner, { action: 'change the settings', subject: 'settings', before, after, at: now() });
    });
    return reply.redirect('/desk/settings?said=saved', 303);
  });
}
