// `/desk/issues/:id/undo` and `/redo`: the last edit of an issue taken back, and made again.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { decideStory } from '../../../core/desk/decide-story.ts';
import { nextSteps, stepEdit } from '../../../core/store/edit-log.ts';
import { undoDecision } from '../../../core/store/story-decisions.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { editorOf, note } from '../desk.ts';
import { editWords } from './edit-words.ts';
import { backTo } from './edits.ts';
import { issueParams } from './issue-params.ts';
import { editAsking } from './note-edit.ts';

const form = z.object({ edit: rowId('Say which edit.') });

/** Registers both buttons. */
export function stepsRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;

  for (const to of ['undo', 'redo'] as const) {
    desk.post(`/desk/issues/:id/${to}`, async (request, reply) => {
      const curator = editorOf(request);
      const { id } = readParams(issueParams, request);
      const { edit: editId } = readInput(form, request.body);
      const { undo } = await nextSteps(db, id);
      const record = (action: string) => (tx: Queryable) =>
        note(tx, curator, { action: `${to}: ${action}`, subject: `issue ${id}`, after: { edit: editId }, at: now() });
      if (to === 'undo' && undo?.id === editId && undo.decisionId !== null) {
        const [storyId] = undo.storyIds as [number];
        const decision = { id: undo.decisionId, storyId, by: curator.name, at: now(), record: record(undo.action) };
        await decideStory(house, (tx) => undoDecision(tx, decision));
        return backTo({ request, reply }, id);
      }
      await editAsking(house, { id, request }, async (tx) => {
        const edit = await stepEdit(tx, { issueId: id, editId, to, by: curator.name });
        const [storyId] = edit.storyIds;
        await record(`${editWords(edit)}${edit.storyIds.length === 1 ? ` story ${storyId}` : ''}`)(tx);
      });
      return backTo({ request, reply }, id);
    });
  }
}
