// `/desk/stories/:id`: what a story is made of, and what a curator may say about it: split, join, headline, and undo.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { itemKindTitles } from '../../../core/item-kinds.ts';
import { z } from 'zod';
import type { Queryable, Transactional } from '../../../core/db.ts';
import { decideStory } from '../../../core/desk/decide-story.ts';
import { safeHref } from '../../../core/letter/safe-href.ts';
import {
  chooseHeadline,
  joinStories,
  listDecisions,
  splitStory,
  undoDecision,
} from '../../../core/store/story-decisions.ts';
import type { AuditEntry } from '../../../core/store/curators.ts';
import { storyNow } from '../../../core/store/addresses.ts';
import { storiesBeside, storyMembers, type StoryMember } from '../../../core/store/story-members.ts';
import { texToText } from '../../../core/tex/tex-to-text.ts';
import { notFound, PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { rowId } from '../../row-id.ts';
import { deskTime } from '../desk-time.ts';
import { editorOf, note, showDesk } from '../desk.ts';
import { issueAddress, readView } from './issue-view.ts';

const id = rowId('There is no such story.');
const params = z.object({ id });
const ticked = z.preprocess(
  (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]),
  z.array(id).max(1000),
);
const splitForm = z.object({ items: ticked });
const leaveOutForm = z.object({
  urls: z.preprocess(
    (value) => [value ?? []].flat(),
    z.array(z.string().max(4_000)).min(1, 'Say which link.').max(100),
  ),
});
const joinForm = z.object({
  other: rowId('Choose the story to join.'),
});
const headlineForm = z.object({ item: id });
const undoForm = z.object({ decision: id });
const fromIssue = z.object({ issue: rowId().optional().catch(undefined) });

const reasons = {
  first: 'it came first',
  link: 'it shares an identifier or links to it',
  near: 'it reads alike',
  curator: 'a curator put it here',
} as const;

interface Said {
  storyId: number;
  by: string;
  at: Date;
  record: (tx: Queryable, told: Pick<AuditEntry, 'before' | 'after'>) => Promise<void>;
}

/** Registers the page and its forms. */
export function storyDeskRoom(desk: FastifyInstance, room: Room): void {
  const { now } = room.house;
  desk.get('/desk/stories/:id', (request, reply) => showStory(room, { request, reply }));

  /** Does it, writes it into the audit in the same transaction, and lets the finder look again. */
  async function say(
    request: FastifyRequest,
    reply: FastifyReply,
    { act, action }: { act: (tx: Transactional, said: Said) => Promise<string>; action: string },
  ): Promise<FastifyReply> {
    const curator = editorOf(request);
    const storyId = readParams(params, request).id;
    const record: Said['record'] = (tx, told) =>
      note(tx, curator, { action, subject: `story ${storyId}`, ...told, at: now() });
    const where = await decideStory(room.house, (tx) => act(tx, { storyId, by: curator.name, at: now(), record }));
    return reply.redirect(backToIssue(request, where) ?? where, 303);
  }

  desk.post('/desk/stories/:id/split', (request, reply) => {
    const { items } = readInput(splitForm, request.body);
    const act = async (tx: Transactional, said: Said): Promise<string> =>
      `/desk/stories/${said.storyId}?made=${await splitStory(tx, { ...said, itemIds: items })}`;
    return say(request, reply, { act, action: 'split the story' });
  });
  // One press of the gate: what a dead link belongs to is split off and left out; undone like any split.
  desk.post('/desk/stories/:id/leave-out', (request, reply) => {
    const { urls } = readInput(leaveOutForm, request.body);
    const act = async (tx: Transactional, said: Said): Promise<string> => {
      const members = await storyMembers(tx, said.storyId);
      const itemIds = members.filter(({ url }) => urls.includes(safeHref(url) ?? '')).map(({ itemId }) => itemId);
      if (itemIds.length === 0)
        throw new PageError(409, 'This link is not in the story any more.', 'Look at it again.');
      await splitStory(tx, { ...said, itemIds, isLeftOut: true });
      return `/desk/stories/${said.storyId}`;
    };
    return say(request, reply, { act, action: 'leave a link out' });
  });
  desk.post('/desk/stories/:id/join', (request, reply) => {
    const { other } = readInput(joinForm, request.body);
    const act = async (tx: Transactional, said: Said): Promise<string> =>
      `/desk/stories/${await joinStories(tx, { ...said, otherId: other })}`;
    return say(request, reply, { act, action: `join story ${other} to it` });
  });
  desk.post('/desk/stories/:id/headline', (request, reply) => {
    const { item } = readInput(headlineForm, request.body);
    const act = async (tx: Transactional, said: Said): Promise<string> =>
      `/desk/stories/${await chooseHeadline(tx, { ...said, itemId: item })}`;
    return say(request, reply, { act, action: 'choose its headline' });
  });
  desk.post('/desk/stories/:id/undo', (request, reply) => {
    const { decision } = readInput(undoForm, request.body);
    const act = async (tx: Transactional, said: Said): Promise<string> => {
      await undoDecision(tx, { ...said, id: decision });
      return `/desk/stories/${said.storyId}`;
    };
    return say(request, reply, { act, action: 'take the last decision back' });
  });
}

/** A form on the page of an issue leads back there, to the story it left: `?issue=7&story=12`. */
function backToIssue(request: FastifyRequest, where: string): string | undefined {
  const { issue } = readInput(fromIssue, request.query);
  if (issue === undefined) return undefined;
  const story = Number(where.split('?')[0]!.split('/').at(-1));
  return issueAddress(issue, readView(request), { story });
}

async function showStory(
  room: Room,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const { db, config } = room.house;
  const storyId = readParams(params, request).id;
  const members = await storyMembers(db, storyId);
  const [headline] = members;
  const now = headline ? storyId : await storyNow(db, storyId);
  if (typeof now === 'number' && now !== storyId) return reply.redirect(`/desk/stories/${now}`, 303);
  if (!headline) throw notFound('This story is not here any more: its items are gone.');
  const made = Number((request.query as { made?: string }).made) || null;
  const decisions = await listDecisions(db, storyId);
  const beside = await storiesBeside(db, storyId);
  const newest = decisions.find(({ undoneBy }) => undoneBy === null)?.id;
  return showDesk(
    room,
    { request, reply },
    {
      name: 'desk-story',
      isKeepable: true,
      title: texToText(headline.title),
      here: 'issues',
      storyId,
      made,
      members: members.map((member) => showMember(member, config.TIMEZONE)),
      beside: beside.map((story) => ({ ...story, title: texToText(story.title) })),
      decisions: decisions.map(({ at, ...decision }) => ({
        ...decision,
        at: deskTime(at, config.TIMEZONE),
        canUndo: decision.id === newest,
      })),
    },
  );
}

function showMember(
  { kind, title, why, publishedAt, url, isHeadline, headlineBy, ...rest }: StoryMember,
  timezone: string,
) {
  return {
    ...rest,
    title: texToText(title),
    isHeadline,
    kind: itemKindTitles[kind],
    why: reasons[why],
    url: safeHref(url),
    at: deskTime(publishedAt, timezone),
    chosen: isHeadline && headlineBy ? `${headlineBy} chose it` : null,
  };
}
