// A step from one pane of an issue to another -> an entry in the browser's history, so that Back leads to the pane before.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { issueAddress, readPane, readView } from './issue-view.ts';
import { issueParams } from './issue-params.ts';
import { readParams } from '../../read-params.ts';

/** Before the page is looked for among those that are kept. From story to story there is none: whoever reads forty would go back through forty. */
export async function keepWayBack(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const from = request.headers['hx-current-url'];
  if (typeof from !== 'string' || !URL.canParse(from)) return;
  const view = readView(request);
  if (readPane(new URL(from).searchParams.get('pane')) === view.pane) return;
  reply.header('HX-Push-Url', issueAddress(readParams(issueParams, request).id, view));
}
