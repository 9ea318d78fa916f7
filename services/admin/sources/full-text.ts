// `/desk/sources/7/full-text`: whether the articles behind a feed's teasers may be fetched.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { allowFullText } from '../../../core/store/full-texts.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, note } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

const form = z.object({ articles: z.enum(['whole', 'teasers'], 'Choose whole articles or teasers.') });

/** Registers the form's address; the form stands on the page of the source. */
export function fullTextRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;

  desk.post('/desk/sources/:id/full-text', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const { articles } = readInput(form, request.body);
    const isAllowed = articles === 'whole';
    await db.transaction(async (tx) => {
      if ((await allowFullText(tx, { sourceId: id, isAllowed })) === 0) throw notFound('There is no such feed.');
      const action = isAllowed ? 'allow whole articles' : 'keep to teasers';
      await note(tx, curator, { action, subject: `source ${id}`, at: now() });
    });
    if (isAllowed) await queue.enqueue('texts.fetch', {});
    return reply.redirect(`/desk/sources/${id}?said=saved`, 303);
  });
}
