// `/desk/figures/7/correct`: a dated note to an issue that went out; the letter as it was sent stays.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { correctIssue } from '../../core/store/corrections.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { readParams } from '../read-params.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { editorOf, note } from './desk.ts';

const params = z.object({ number: rowId() });
const form = z.object({
  words: z
    .string({ error: 'Say what was wrong, and what is right.' })
    .trim()
    .min(1, 'Say what was wrong, and what is right.')
    .max(1000, 'A correction may have 1,000 characters.'),
});

/** Registers the form; it stands with the figures of the issue. */
export function correctionsRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;

  desk.post('/desk/figures/:number/correct', async (request, reply) => {
    const curator = editorOf(request);
    const { number } = readParams(params, request);
    const { words } = readInput(form, request.body);
    await db.transaction(async (tx) => {
      if (!(await correctIssue(tx, { number, words, by: curator.name, at: now() }))) {
        throw new PageError(409, 'This issue did not go out.', 'Change it at the desk, before it is approved.');
      }
      await note(tx, curator, {
        action: 'correct in the archive',
        subject: `issue No ${number}`,
        after: { words },
        at: now(),
      });
    });
    return reply.redirect(`/desk/figures/${number}#corrections`, 303);
  });
}
