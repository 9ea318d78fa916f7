// `/desk/sources/7/delete`: what goes with a source, the button that deletes it, and the one that brings it back.
import type { FastifyInstance } from 'fastify';
import { sourceKinds } from '../../../core/source-kinds.ts';
import { deleteSource, keptDays, restoreSource, sourceTies } from '../../../core/store/deleted-sources.ts';
import { sourceById } from '../../../core/store/sources.ts';
import { notFound } from '../../page-error.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, note, showDesk } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** Registers the page and both forms. */
export function sourceDeletionRoom(desk: FastifyInstance, room: Room): void {
  const { db, now, queue } = room.house;

  desk.get('/desk/sources/:id/delete', async (request, reply) => {
    editorOf(request);
    const source = await sourceById(db, readParams(idParams, request).id);
    if (!source || source.deletedAt !== null) throw notFound('There is no such source.');
    const { id, title, kind } = source;
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-source-delete',
        title: `Delete ${title}?`,
        here: 'sources',
        isWide: false,
        source: { id, title, hasNoItems: sourceKinds[kind].hasNoItems === true },
        ...(await sourceTies(db, id)),
        keptDays,
      },
    );
  });

  desk.post('/desk/sources/:id/delete', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    await db.transaction(async (tx) => {
      if ((await deleteSource(tx, { sourceId: id, at: now() })) === 0) throw notFound('There is no such source.');
      await note(tx, curator, { action: 'delete the source', subject: `source ${id}`, at: now() });
    });
    return reply.redirect('/desk/sources?said=deleted#deleted', 303);
  });

  desk.post('/desk/sources/:id/restore', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    await db.transaction(async (tx) => {
      if ((await restoreSource(tx, { sourceId: id, now: now() })) === 0) throw notFound('This source is not deleted.');
      await note(tx, curator, { action: 'bring the source back', subject: `source ${id}`, at: now() });
    });
    await queue.enqueue('source.check', { sourceId: id });
    return reply.redirect(`/desk/sources/${id}?said=restored`, 303);
  });
}
