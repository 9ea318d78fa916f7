// What a curator changes in an issue; every change brings it back to review and is written into the audit.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { sections } from '../../core/sections.ts';
import { deskStory, moveStory, setOpening, setRole, setSection, storyBeside } from '../../core/store/issue-edits.ts';
import { issueById } from '../../core/store/issues.ts';
import type { Curator } from '../../core/store/curators.ts';
import { labelStory } from '../../core/store/section-labels.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { editorOf } from './desk.ts';
import { issueParams } from './issue-params.ts';
import { takeUp } from './issue-pool.ts';
import { noteEdit } from './note-edit.ts';

const storyParams = issueParams.extend({ storyId: rowId() });
const openingForm = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Type a subject: it is what readers see before they open the letter.')
    .max(200, 'The subject may have at most 200 characters; mail readers show some 60.')
    .transform((title) => title.replace(/\s+/g, ' '))
    .optional(),
  intro: z.string({ error: 'Type the intro.' }).max(5000, 'The intro may have at most 5,000 characters.'),
});
const storyForm = z.discriminatedUnion(
  'change',
  [
    z.object({ change: z.literal('move'), direction: z.enum(['up', 'down']) }),
    z.object({
      change: z.literal('section'),
      section: z.enum(sections.map(({ key }) => key)),
      order: z.literal('uncertain').optional(),
    }),
    z.object({ change: z.literal('role'), role: z.enum(['pick', 'pool', 'removed']) }),
  ],
  'Say what to change: move, section or role.',
);

/** Registers the forms of the desk. */
export function editsRoom(desk: FastifyInstance, room: Room): void {
  const { db, now } = room.house;

  desk.post('/desk/issues/:id/intro', async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readInput(issueParams, request.params);
    const form = readInput(openingForm, request.body);
    const issue = await issueById(db, id);
    if (!issue) throw notFound('There is no such issue.');
    const before = { title: issue.title, intro: issue.intro };
    const after = { title: form.title ?? issue.title, intro: form.intro.replaceAll('\r\n', '\n').trim() };
    const change = (tx: Queryable): Promise<void> => setOpening(tx, id, { ...after, by: curator.name });
    await noteEdit(room.house, { id, curator, action: 'edit the subject and the intro', before, after, change });
    return backTo(reply, id);
  });

  desk.post('/desk/issues/:id/stories/:storyId', async (request, reply) => {
    const curator = editorOf(request);
    const { id, storyId } = readInput(storyParams, request.params);
    const wanted = readInput(storyForm, request.body);
    const before = await deskStory(db, { issueId: id, storyId });
    if (!before && wanted.change === 'role') {
      await takeUp(room.house, { id, storyId, role: wanted.role, curator });
      return wanted.role === 'removed' ? reply.redirect(`/desk/issues/${id}/pool`, 303) : backTo(reply, id, storyId);
    }
    if (!before) throw notFound('This story is not in the issue.');
    const change = (tx: Queryable): Promise<void> => {
      const story = { issueId: id, storyId, by: curator.name };
      if (wanted.change === 'move') return moveStory(tx, { ...story, direction: wanted.direction });
      if (wanted.change === 'section') return setStorySection(tx, { ...story, section: wanted.section, curator });
      return setRole(tx, { ...story, role: wanted.role });
    };
    await noteEdit(room.house, {
      id,
      curator,
      action: `${wanted.change} story ${storyId}`,
      before,
      after: wanted,
      change,
    });
    // Who works through the uncertain ones goes on with the next of them.
    if (wanted.change === 'section' && wanted.order) return reply.redirect(`/desk/issues/${id}?order=uncertain`, 303);
    const isRemoved = wanted.change === 'role' && wanted.role === 'removed';
    // A removed story goes to the end of the page; who works through the list goes on beside where it stood.
    return backTo(reply, id, isRemoved ? await storyBeside(db, { issueId: id, storyId }) : storyId);
  });

  /** Moves it, and keeps for the sorter what the curator said; said of where it stands already, that is a yes. */
  async function setStorySection(
    tx: Queryable,
    { curator, ...label }: { issueId: number; storyId: number; section: string; curator: Curator },
  ): Promise<void> {
    await setSection(tx, label);
    await labelStory(tx, { ...label, labelledBy: curator.name, at: now() });
  }
}

function backTo(reply: FastifyReply, id: number, storyId?: number): FastifyReply {
  return reply.redirect(`/desk/issues/${id}${storyId ? `#story-${storyId}` : ''}`, 303);
}
