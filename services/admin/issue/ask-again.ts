// What a curator has done over again for an issue: its suggestions, or the sections of what nobody placed. Their decisions stay.
import type { FastifyInstance } from 'fastify';
import type { Queryable } from '../../../core/db.ts';
import { askToRedraft } from '../../../core/store/redrafts.ts';
import { askToSort } from '../../../core/store/section-labels.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { issueParams } from './issue-params.ts';
import { noteEdit } from './note-edit.ts';

/** Registers both buttons. */
export function askAgainRoom(desk: FastifyInstance, room: Room): void {
  const { now, queue } = room.house;

  desk.post('/desk/issues/:id/redraft', async (request, reply) => {
    const { id } = readParams(issueParams, request);
    const change = (tx: Queryable): Promise<void> => askToRedraft(tx, id, now());
    await noteEdit(room.house, { id, request, action: 'draft again', before: null, after: null, change });
    await queue.enqueue('issue.redraft', { issueId: id });
    return reply.redirect(`/desk/issues/${id}?said=again`, 303);
  });

  desk.post('/desk/issues/:id/sort', async (request, reply) => {
    const { id } = readParams(issueParams, request);
    const change = (tx: Queryable): Promise<void> => askToSort(tx, id, now());
    await noteEdit(room.house, { id, request, action: 'sort again', before: null, after: null, change });
    await queue.enqueue('issue.sort', { issueId: id });
    return reply.redirect(`/desk/issues/${id}?show=check&said=sorting`, 303);
  });
}
