// `/desk/issues/:id/pool`: the rest of the week, which is a tab of the issue's page.
import type { FastifyInstance } from 'fastify';
import { readParams } from '../../read-params.ts';
import { issueParams } from './issue-params.ts';
import { issueAddress, readView } from './issue-view.ts';

/** Registers the address. */
export function issuePoolRoom(desk: FastifyInstance): void {
  desk.get('/desk/issues/:id/pool', async (request, reply) => {
    const { id } = readParams(issueParams, request);
    return reply.redirect(issueAddress(id, readView(request), { show: 'week' }), 303);
  });
}
