// `/desk/inbox`: every story of the week, why it is here, and the way before the curator.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { itemKindNames, type StoryItemKind } from '../../core/item-kinds.ts';
import { inboxChoices, inboxPage, inboxReasons, issueToFill, promoteStory, promotedStories, standingOf, type InboxReason, type InboxStory } from '../../core/store/inbox.ts'; // prettier-ignore
import { takeFromPool } from '../../core/store/issue-pool.ts';
import { storyMembers } from '../../core/store/story-members.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { editorOf, note, showDesk } from './desk.ts';
import { noteEdit } from './issue/note-edit.ts';
import { plural } from '../../core/plural.ts';
import { dayMs, weekMs } from '../../core/time.ts';

const linesAtOnce = 40;
const words = z.string().trim().max(200).catch('');
const query = z.object({
  q: words,
  kind: z.enum(['', 'paper', 'video', 'post']).catch(''),
  source: words,
  topic: words,
  /** At least so newsworthy. */
  least: z.enum(['', '1', '1.5', '2', '3']).catch(''),
  /** For one of the reasons that its line gives. */
  why: z.enum(['', ...inboxReasons]).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type Query = z.infer<typeof query>;
/** As the lines say them. */
const reasonWords: Record<InboxReason, string> = {
  sources: 'Several sources tell it',
  kinds: 'Of several kinds: paper, talk, post',
  newsletters: 'In a newsletter',
  points: 'Has points of a community',
  new: 'New today',
};
const form = z.object({ story: rowId('There is no such story.') });

/** Registers the page and its button. */
export function inboxRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, now } = house;

  desk.get('/desk/inbox', async (request, reply) => {
    const asked = readInput(query, request.query);
    const at = now();
    const since = new Date(at.getTime() - weekMs);
    const { q: search, kind, source, topic, least, why, page } = asked;
    const [{ stories, count }, choices] = await Promise.all([
      inboxPage(db, {
        since,
        now: at,
        search,
        kind: kind || null,
        source: source || null,
        topic: topic || null,
        least: least === '' ? null : Number(least),
        why: why || null,
        from: (page - 1) * linesAtOnce,
        limit: linesAtOnce,
      }),
      inboxChoices(db, { since, now: at }),
    ]);
    // The week went on, and has fewer pages than when the address was made.
    if (stories.length === 0 && page > 1) return reply.redirect(inboxAddress(asked, 1), 303);
    const pages = Math.max(1, Math.ceil(count / linesAtOnce));
    const isFiltered = [search, kind, source, topic, least, why].some((value) => value !== '');
    return showDesk(room, { request, reply }, {
      name: 'desk-inbox', isKeepable: true,
      title: 'Inbox',
      here: 'inbox',
      asked,
      reasons: inboxReasons.map((reason) => ({ reason, words: reasonWords[reason] })),
      ...choices,
      count,
      isFiltered,
      query: queryOf(asked, page),
      stories: await showStories(room, stories, at),
      pages,
      before: page > 1 ? inboxAddress(asked, page - 1) : null,
      after: page < pages ? inboxAddress(asked, page + 1) : null,
    }); // prettier-ignore
  });

  takePromotions(desk, room);
}

function takePromotions(desk: FastifyInstance, { house }: Room): void {
  const { db, now } = house;

  desk.post('/desk/inbox/promote', async (request, reply) => {
    const curator = editorOf(request);
    const { story: storyId } = readInput(form, request.body);
    if ((await storyMembers(db, storyId)).length === 0) throw notFound('There is no such story.');
    const [standing] = await standingOf(db, [storyId]);
    const asked = readInput(query, request.query);
    const back = inboxAddress(asked, asked.page);
    if (standing?.isPooled && standing.isOpen) {
      const { issueId } = standing;
      await noteEdit(house, {
        id: issueId,
        request,
        action: `take up story ${storyId}`,
        before: null,
        after: { storyId },
        storyIds: [storyId],
        change: async (tx) => void (await takeFromPool(tx, { issueId, storyIds: [storyId], role: 'pool', by: curator.name })),
      }); // prettier-ignore
      return reply.redirect(back, 303);
    }
    await db.transaction(async (tx) => {
      await promoteStory(tx, { storyId, by: curator.name, at: now() });
      await note(tx, curator, { action: 'promote', subject: `story ${storyId}`, at: now() });
    });
    return reply.redirect(back, 303);
  });
}

function inboxAddress(asked: Query, page: number): string {
  const said = queryOf(asked, page);
  return said === '' ? '/desk/inbox' : `/desk/inbox?${said}`;
}

function queryOf(asked: Query, page: number): string {
  const said = Object.entries({ ...asked, page: page === 1 ? '' : String(page) }).filter(([, value]) => value !== '');
  return new URLSearchParams(said).toString();
}

async function showStories({ house }: Room, stories: readonly InboxStory[], now: Date) {
  const { db } = house;
  const ids = stories.map(({ storyId }) => storyId);
  const [standings, promoted, open] = await Promise.all([standingOf(db, ids), promotedStories(db), issueToFill(db)]);
  const byId = new Map(standings.map((standing) => [standing.storyId, standing]));
  return stories.map(({ newest, kinds, score, ...story }) => ({
    ...story,
    title: texToText(story.title),
    kind: itemKindNames[story.kind],
    score: score.toFixed(1),
    why: whyHere({ sources: story.sources, kinds, newsletters: story.newsletters, points: story.points, newest, now }),
    ...standingWords(byId.get(story.storyId), { isPromoted: promoted.has(story.storyId), hasOpenIssue: open !== undefined }), // prettier-ignore
  }));
}

/** "3 sources, paper and talk, in 2 newsletters, 2 days old": what its score is made of. */
export function whyHere(facts: {
  sources: number;
  kinds: readonly StoryItemKind[];
  newsletters: number;
  points: number;
  newest: Date;
  now: Date;
}): string {
  // prettier-ignore
  const { sources, kinds, newsletters, points, newest, now } = facts;
  const days = Math.floor((now.getTime() - newest.getTime()) / dayMs);
  const forms = new Intl.ListFormat('en').format(kinds.map((kind) => itemKindNames[kind]));
  return [
    plural(sources, 'source', 'sources'),
    forms,
    ...(newsletters > 0 ? [`in ${plural(newsletters, 'newsletter', 'newsletters')}`] : []),
    ...(points > 0 ? [plural(points, 'point', 'points')] : []),
    days < 1 ? 'new today' : `${plural(days, 'day', 'days')} old`,
  ].join(', ');
}

type Standing = Awaited<ReturnType<typeof standingOf>>[number];

/** Where it stands, the way there, and whether it can be promoted from here. */
function standingWords(
  standing: Standing | undefined,
  { isPromoted, hasOpenIssue }: { isPromoted: boolean; hasOpenIssue: boolean },
) {
  if (!standing) {
    if (isPromoted) return { standing: 'waits for the next draft', href: null, canPromote: false };
    return { standing: '', href: null, canPromote: true };
  }
  const { issueId, number, role, isPooled, isOpen, isLeftOut, storyId } = standing;
  const href = `/desk/issues/${issueId}?story=${storyId}&pane=story`;
  if (isPooled && isOpen) return { standing: `in the pool of No ${number}`, href, canPromote: hasOpenIssue };
  const roles: Readonly<Record<string, string>> = { pick: 'a pick', pool: 'a candidate', removed: 'rejected' };
  const is = role === 'removed' && isLeftOut ? 'left out' : (roles[role] ?? role);
  return { standing: `${is} of No ${number}`, href, canPromote: false };
}
