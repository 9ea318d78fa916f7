// One change of one or more stories of an issue: those before the curator, and those taken up from the rest of the week.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { roleBeforeRejection } from '../../../core/store/edit-log.ts';
import { deskStories, moveStory, placeBefore, setLead, setRole, setSection, storyBeside, type StoryRole } from '../../../core/store/issue-edits.ts'; // prettier-ignore
import { takeFromPool } from '../../../core/store/issue-pool.ts';
import { labelStories } from '../../../core/store/section-labels.ts';
import { sectionOf } from '../../../core/sections.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { rowId } from '../../row-id.ts';
import { EditConflict } from './ask-first.ts';
import { editorOf } from '../desk.ts';
import { readView, type View } from './issue-view.ts';
import { noteEdit } from './note-edit.ts';

export type StoryChange =
  | { change: 'move'; direction: 'up' | 'down' }
  | { change: 'place'; before: number }
  | { change: 'section'; section: string }
  | { change: 'lead' }
  | { change: 'role'; role: StoryRole };
/** As a form asks for it. */
export type AskedChange = StoryChange | { change: 'role'; role: 'restored' };

/** The story after this one in the list as the curator saw it, by its order, its filters and its page. */
const nextSeen = z.object({ next: rowId().optional().catch(undefined) });

interface Changed {
  id: number;
  storyIds: readonly number[];
  change: StoryChange;
  /** Who edits, and where they go on. */
  request: FastifyRequest;
}

/** Makes it, and says which story the curator has in hand next. A PageError when the issue has none of the stories. */
export async function changeStories(
  house: House,
  { id, storyIds, change: asked, request }: Omit<Changed, 'change'> & { change: AskedChange },
): Promise<{ next: Partial<View> }> {
  const curator = editorOf(request);
  const change = await changeAsked(house.db, { id, storyIds, asked });
  const view = readView(request);
  const before = await deskStories(house.db, { issueId: id, storyIds });
  const known = new Set(before.map(({ storyId }) => storyId));
  const others = storyIds.filter((storyId) => !known.has(storyId));
  const what = storyIds.length === 1 ? `story ${storyIds[0]}` : `${storyIds.length} stories`;
  const make = async (tx: Queryable): Promise<void> => {
    await refuseStale(tx, { id, storyIds, change, request });
    if (others.length > 0 && (await takeOthers(tx, { id, others, change, by: curator.name })) < others.length) {
      throw notFound('This story is not in the issue.');
    }
    await changeKnown(tx, { id, storyIds, change, by: curator.name, at: house.now() });
  };
  const edit = {
    id,
    request,
    action: `${change.change} ${what}`,
    before: storyIds.length === 1 ? (before[0] ?? { role: 'week' }) : before,
    // The taste of curators is learned from it: the lead is a pick.
    after: { ...change, ...(change.change === 'lead' && { role: 'pick' }), storyIds },
    storyIds,
    change: make,
  };
  await noteEdit(house, edit);
  const { next } = readInput(nextSeen, request.body);
  return { next: await nextInHand(house, { id, storyIds, change, view, next }) };
}

/** What a restored story is again, in place of the word for it: audit and taste know roles alone. */
async function changeAsked(
  db: Queryable,
  { id: issueId, storyIds, asked }: { id: number; storyIds: readonly number[]; asked: AskedChange },
): Promise<StoryChange> {
  if (asked.change !== 'role' || asked.role !== 'restored') return asked;
  return { change: 'role', role: await roleBeforeRejection(db, { issueId, storyId: storyIds[0]! }) };
}

/** What is not before the curator yet is taken up, as what they make of it or to be put into a section. */
function takeOthers(
  tx: Queryable,
  { id, others, change, by }: { id: number; others: number[]; change: StoryChange; by: string },
): Promise<number> {
  const role = change.change === 'role' ? change.role : change.change === 'lead' ? 'pick' : 'pool';
  return takeFromPool(tx, { issueId: id, storyIds: others, role, by });
}

async function changeKnown(
  tx: Queryable,
  { id: issueId, storyIds, change, by, at }: Omit<Changed, 'request'> & { by: string; at: Date },
): Promise<void> {
  const [storyId] = storyIds as [number];
  if (change.change === 'move') return moveStory(tx, { issueId, storyId, direction: change.direction, by });
  if (change.change === 'place') return placeBefore(tx, { issueId, storyId, beforeId: change.before, by });
  if (change.change === 'lead') return setLead(tx, { issueId, storyId, by });
  if (change.change === 'role') return setRole(tx, { issueId, storyIds, role: change.role, by });
  await setSection(tx, { issueId, storyIds, section: change.section });
  // Kept for the sorter; said of where it stands already, that is a yes.
  await labelStories(tx, { issueId, storyIds, section: change.section, labelledBy: by, at });
}

/** Who works through a list goes on with the next: after a rejection, and where what is certain leaves the list. */
async function nextInHand(
  { db }: House,
  { id, storyIds, change, view, next }: Omit<Changed, 'request'> & { view: View; next: number | undefined },
): Promise<Partial<View>> {
  const [storyId] = storyIds as [number];
  const isLeaving = change.change === 'role' && change.role === 'removed' && view.show !== 'rejected';
  // A form that names none was shown without the story in its list.
  if (isLeaving) return { story: next ?? (await storyBeside(db, { issueId: id, storyId })) };
  if (change.change === 'section' && view.show === 'check') return { story: next };
  return { story: storyId };
}

/** What a form saw of a story: its role and section. Where it stands is left out: every move of another changes that. */
export function storyVersion({ role, section }: { role: StoryRole; section: string }): string {
  return `${role} ${sectionOf(section).key}`;
}

/** Throws EditConflict when somebody else changed the story since the form was made, to something other than what it wants. */
async function refuseStale(tx: Queryable, { id, storyIds, change, request }: Changed): Promise<void> {
  const { seen } = (request.body ?? {}) as { seen?: unknown };
  if (typeof seen !== 'string' || storyIds.length !== 1) return;
  const [story] = await deskStories(tx, { issueId: id, storyIds });
  if (!story || storyVersion(story) === seen) return;
  const wanted = { ...story, ...('role' in change && { role: change.role }), ...('section' in change && { section: change.section }) }; // prettier-ignore
  if (storyVersion(wanted) === storyVersion(story)) return;
  const what = `Somebody changed this story meanwhile: it is ${roleWords[story.role]} in ${sectionOf(story.section).name} now.`;
  throw new EditConflict(what, { fields: [], seen: storyVersion(story) });
}

const roleWords = { pick: 'a pick', pool: 'in the pool,', removed: 'rejected,' } as const;
