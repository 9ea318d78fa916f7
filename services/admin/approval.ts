// Approving the content a curator saw, by its hash, and setting when it goes out.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { approveIssue, scheduleIssue } from '../../core/store/issues.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { timeOfField } from './desk-time.ts';
import { editorOf, note } from './desk.ts';
import { issueParams } from './issue-params.ts';

const approveForm = z.object({
  hash: z.string({ error: 'Say which content you saw.' }).regex(/^[0-9a-f]{64}$/, 'Say which content you saw.'),
});
const scheduleForm = z.object({ sendAt: z.string().default(''), when: z.enum(['then', 'now']).default('then') });

/** Registers both forms. */
export function approvalRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, config, now, queue } = house;
  const back = (reply: FastifyReply, id: number): FastifyReply => reply.redirect(`/desk/issues/${id}`, 303);

  desk.post('/desk/issues/:id/approve', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readInput(issueParams, request.params);
    const { hash } = readInput(approveForm, request.body);
    await approveIssue(db, { issueId: id, seenHash: hash, approvedBy: curator.name, at: now() }, (tx) =>
      note(tx, curator, { action: 'approve', subject: `issue ${id}`, after: { hash }, at: now() }),
    );
    await queue.enqueue('issue.rank', { issueId: id });
    return back(reply, id);
  });

  desk.post('/desk/issues/:id/schedule', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readInput(issueParams, request.params);
    const { sendAt: typed, when } = readInput(scheduleForm, request.body);
    const sendAt = when === 'now' ? now() : timeOfField(typed, config.TIMEZONE);
    if (!sendAt)
      throw new PageError(400, 'This is no time to send at.', 'Choose a day and a time, such as Saturday 07:00.');
    await db.transaction(async (tx) => {
      await scheduleIssue(tx, { issueId: id, sendAt });
      await note(tx, curator, { action: 'schedule', subject: `issue ${id}`, after: { sendAt }, at: now() });
    });
    if (sendAt <= now()) await queue.enqueue('issue.send', { issueId: id });
    return back(reply, id);
  });
}
