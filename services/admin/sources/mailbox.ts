// `/desk/sources/7/forget-sender`: a newsletter that comes by mail has another sender; the next one counts.
import type { FastifyInstance } from 'fastify';
import { forgetSender } from '../../../core/store/incoming-mails.ts';
import { notFound } from '../../page-error.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, note } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** Registers the form's address; the form stands on the page of the source. */
export function mailboxRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;

  desk.post('/desk/sources/:id/forget-sender', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    await db.transaction(async (tx) => {
      if ((await forgetSender(tx, id)) === 0) throw notFound('There is no such mailbox, or it has no sender yet.');
      await note(tx, curator, { action: 'forget the sender', subject: `source ${id}`, at: now() });
    });
    return reply.redirect(`/desk/sources/${id}?said=saved`, 303);
  });
}
