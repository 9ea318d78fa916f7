// `/desk/issues/:id/pool`: every story of the week that is not put before the curator, to be looked through and taken from.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { sectionOf } from '../../core/sections.ts';
import { safeHref } from '../../core/letter.ts';
import type { Curator } from '../../core/store/curators.ts';
import type { StoryRole } from '../../core/store/issue-edits.ts';
import { poolPage, pooledCards, takeFromPool } from '../../core/store/issue-pool.ts';
import { issueById } from '../../core/store/issues.ts';
import { itemKindNames } from '../../core/item-kinds.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { showDesk } from './desk.ts';
import { issueParams } from './issue-params.ts';
import { noteEdit } from './note-edit.ts';

/** As many as a curator scans on one page. */
const shownAtOnce = 50;
const query = z.object({
  q: z.string().trim().max(200).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

/** Puts a story of the pool before the curator as what they made of it; a PageError when it is not in the pool. */
export async function takeUp(
  house: House,
  { id, storyId, role, curator }: { id: number; storyId: number; role: StoryRole; curator: Curator },
): Promise<void> {
  if ((await pooledCards(house.db, id, [storyId])).length === 0) throw notFound('This story is not in the issue.');
  const action = `role story ${storyId}`;
  const change = async (tx: Queryable): Promise<void> => {
    if (!(await takeFromPool(tx, { issueId: id, storyId, role, by: curator.name })))
      throw notFound('This story is not there any more.');
  };
  await noteEdit(house, { id, curator, action, before: { role: 'pool' }, after: { change: 'role', role }, change });
}

/** Registers the page; what is taken from it goes the way of every edit. */
export function issuePoolRoom(desk: FastifyInstance, room: Room): void {
  const { db } = room.house;
  desk.get('/desk/issues/:id/pool', async (request, reply) => {
    const issue = await issueById(db, readInput(issueParams, request.params).id);
    if (!issue) throw notFound('There is no such issue.');
    const { q: search, page } = readInput(query, request.query);
    const from = (page - 1) * shownAtOnce;
    const { lines, count } = await poolPage(db, { issueId: issue.id, search, from, limit: shownAtOnce });
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-pool',
        title: `The pool of ${issue.title}`,
        here: 'issues',
        issue: { id: issue.id, title: issue.title },
        isOpen: issue.status !== 'sending' && issue.status !== 'sent',
        search,
        count,
        page,
        pages: Math.ceil(count / shownAtOnce),
        lines: lines.map(({ url, kind, section, ...line }) => ({
          ...line,
          url: safeHref(url),
          kind: itemKindNames[kind],
          section: sectionOf(section).name,
        })),
      },
    );
  });
}
