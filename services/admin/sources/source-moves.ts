// `POST /desk/sources/7/old-address`: takes back a move that was followed by itself.
import type { FastifyInstance } from 'fastify';
import { undoMove } from '../../../core/store/source-moves.ts';
import { PageError } from '../../page-error.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, note } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** Registers the form; the source is read at its old address at once. */
export function sourceMovesRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;

  desk.post('/desk/sources/:id/old-address', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const move = await undoMove(db, { sourceId: id, at: now() }, (tx, { fromUrl, toUrl }) =>
      note(tx, curator, {
        action: 'use the old address again',
        subject: `source ${id}`,
        before: { url: toUrl },
        after: { url: fromUrl },
        at: now(),
      }),
    );
    if (!move) {
      throw new PageError(
        409,
        'There is no move to take back.',
        'Its address may be in use by another source; change it below.',
      );
    }
    await queue.enqueue('source.check', { sourceId: id });
    return reply.redirect(`/desk/sources/${id}?said=moved`, 303);
  });
}
