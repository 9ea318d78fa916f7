// `/desk/sources.opml` and its import: the sources as a list that other readers understand.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PermanentError } from '../../../core/errors.ts';
import { enqueueDueSources } from '../../../core/enqueue-due-sources.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { listSources } from '../../../core/store/sources.ts';
import { importOpml } from '../../../core/opml/import-opml.ts';
import { readListInThread } from '../../../core/opml/read-list-in-thread.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import type { Room } from '../../room.ts';
import { editorOf, note, showDesk } from '../desk.ts';

/** A few thousand sources, as a form sends them. */
const bodyLimit = 8_000_000;
const maxList = 2_000_000;
const form = z.object({
  opml: z
    .string({ error: 'Paste the OPML file.' })
    .min(1, 'Paste the OPML file, or choose it.')
    .max(maxList, `A list may have ${maxList} characters here. Import a longer one with "courant opml import FILE".`),
});

/** Registers the download and the form. */
export function sourcesOpmlRoom(desk: FastifyInstance, room: Room): void {
  const { db, now } = room.house;

  desk.get('/desk/sources.opml', async (_request, reply) => {
    const { publication } = await loadSettings(db);
    // Its library is 130 modules, which a start would pay for.
    const { writeOpml } = await import('../../../core/opml/write-opml.ts');
    const list = writeOpml(await listSources(db), { title: `Sources of ${publication}`, at: now() });
    return reply
      .type('text/x-opml; charset=utf-8')
      .header('content-disposition', 'attachment; filename="sources.opml"')
      .header('cache-control', 'no-store')
      .send(list);
  });

  desk.post('/desk/sources/import', { bodyLimit }, async (request, reply) => {
    const curator = editorOf(request);
    const { opml } = readInput(form, request.body);
    const list = await readListInThread(opml).catch(refuseFile);
    const imported = await db.transaction(async (tx) => {
      const done = await importOpml(tx, list);
      const { added, known } = done;
      await note(tx, curator, { action: 'import sources', subject: 'sources', after: { added, known }, at: now() });
      return done;
    });
    await enqueueDueSources(room.house);
    return showDesk(
      room,
      { request, reply },
      { name: 'desk-imported', title: 'Sources imported', here: 'sources', isWide: false, ...imported },
    );
  });
}

function refuseFile(error: unknown): never {
  if (error instanceof PermanentError) throw new PageError(400, error.message, 'Nothing was added.');
  throw error;
}
