// `/desk/issues/:id/comments`: what curators say to each other of a story or the opening. Reviewers say it, too: nothing of the issue changes.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { House } from '../../../core/house.ts';
import type { Curator } from '../../../core/store/curators.ts';
import { addComment, commentsOf, settleComment, type Comment } from '../../../core/store/comments.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { curatorOf, note } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { backTo } from './edits.ts';
import { issueParams } from './issue-params.ts';
import { issueAddress, type View } from './issue-view.ts';

const form = z.object({
  story: rowId().optional(),
  words: z
    .string({ error: 'Say something first.' })
    .trim()
    .min(1, 'Say something first.')
    .max(1000, 'A comment may have at most 1,000 characters.')
    .transform((words) => words.replaceAll('\r\n', '\n')),
});
const settleParams = issueParams.extend({ commentId: rowId() });

/** Registers both forms. */
export function commentsRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;
  desk.post('/desk/issues/:id/comments', { config: { isOwn: true } }, async (request, reply) => {
    const curator = curatorOf(request);
    const { id: issueId } = readParams(issueParams, request);
    const { story, words } = readInput(form, request.body);
    await db.transaction(async (tx) => {
      const isThere = await addComment(tx, { issueId, storyId: story ?? null, curator, words, at: now() });
      if (!isThere) throw notFound('This story is not in the issue.');
      const of = story === undefined ? 'the opening' : `story ${story}`;
      await note(tx, curator, { action: `comment on ${of}`, subject: `issue ${issueId}`, after: { words }, at: now() });
    });
    return backTo({ request, reply }, issueId);
  });
  desk.post('/desk/issues/:id/comments/:commentId/settle', { config: { isOwn: true } }, async (request, reply) => {
    const curator = curatorOf(request);
    const { id: issueId, commentId } = readParams(settleParams, request);
    await db.transaction(async (tx) => {
      if (!(await settleComment(tx, { issueId, commentId, curator, isOwnOnly: curator.role === 'reviewer' })))
        throw new PageError(409, 'It is settled, or not yours to settle.', 'Go back and look at it again.');
      await note(tx, curator, { action: `settle comment ${commentId}`, subject: `issue ${issueId}`, at: now() });
    });
    return backTo({ request, reply }, issueId);
  });
}

interface Shown {
  issueId: number;
  view: View;
  curator: Curator;
  /** What stories are called in the list. */
  titles: ReadonlyMap<number, string>;
}

/** Those of what is in hand; beside the opening also which of the stories have some that are not settled. */
export async function showComments({ db, config }: House, { issueId, view, curator, titles }: Shown) {
  const all = await commentsOf(db, issueId);
  const show = ({ at, ...comment }: Comment) => ({
    ...comment,
    at: deskTime(at, config.TIMEZONE),
    canSettle: comment.settledBy === null && (curator.role !== 'reviewer' || comment.curatorId === curator.id),
  });
  const open = all.filter(({ storyId, settledBy }) => storyId !== null && settledBy === null);
  const stories = [...new Set(open.map(({ storyId }) => storyId!))];
  return {
    comments: all.filter(({ storyId }) => storyId === (view.story ?? null)).map(show),
    commented: stories.map((story) => ({
      title: titles.get(story) ?? 'a story of the rest of the week',
      count: open.filter(({ storyId }) => storyId === story).length,
      href: `${issueAddress(issueId, view, { story, part: '', pane: 'story' })}#comments`,
    })),
  };
}
