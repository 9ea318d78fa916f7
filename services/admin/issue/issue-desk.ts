// `/desk/issues/:id`: three panes, the stories, the one in hand, and the letter as it will be.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import type { Curator } from '../../../core/store/curators.ts';
import { withdrawnMark } from '../../../core/letter/item-marks.ts';
import { sections } from '../../../core/sections.ts';
import { listDeskStories } from '../../../core/store/desk-stories.ts';
import { loadIssueContent, type Card } from '../../../core/store/issue-content.ts';
import { nextSteps } from '../../../core/store/edit-log.ts';
import { foundAtApproval, gateReasons } from '../../../core/store/gate.ts';
import { issueVersion } from '../../../core/store/issue-version.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { quotedSentences } from '../../../core/store/summaries.ts';
import { troubledSources, type TroubledSource } from '../../../core/store/troubled-sources.ts';
import { byStory } from '../../../core/gate/gather-facts.ts';
import { readInput } from '../../read-input.ts';
import { rememberLast } from '../../remember.ts';
import type { Room } from '../../room.ts';
import { showMap } from '../../show-map.ts';
import { curatorOf, deskRights, showDesk, showHistory } from '../desk.ts';
import { editWords } from './edit-words.ts';
import { tellLines, type ListLine } from './issue-list.ts';
import { isOpen, showState } from './issue-state.ts';
import { issueAddress, readView, viewQueryOf, type View } from './issue-view.ts';
import type { RunGate } from './gate.ts';
import { showGate, showPassed } from './show-gate.ts';
import { openingVersion } from './edits.ts';
import { showLetterPane } from './letter-pane.ts';
import { issueOf } from './letter-room.ts';
import { showComments } from './comments.ts';
import { showRubric } from './rubric.ts';
import { showSending } from './sending.ts';
import { showList, storyAfter } from './show-list.ts';
import { keepWayBack } from './way-back.ts';
import { listEditions } from './show-edition.ts';
import { showStoryPane } from './story-pane.ts';

const query = z.object({ said: z.enum(['sorting', 'again', 'tick']).optional().catch(undefined) });
const saidWords = {
  sorting: 'The others are being sorted again. Look again in a few seconds.',
  again: 'It is being drafted again; what curators decided stays. Look again in a minute.',
  tick: null,
} as const;

/** What came of pressing “Approve” on the content with this hash: some checks still run, or why it was refused. */
interface Approving {
  hash: string;
  refused: string | null;
}

/** Shows the page; after “Approve” was pressed with what came of that. */
export type ShowIssue = (
  visit: { request: FastifyRequest; reply: FastifyReply },
  approving?: Approving,
) => Promise<FastifyReply>;

/** Registers the desk of one issue, and returns what shows its page. */
export function issueDeskRoom(desk: FastifyInstance, room: Room, gate: RunGate): ShowIssue {
  const { house } = room;
  const { db } = house;
  const loadContent = createContent(db);

  const showIssue: ShowIssue = async ({ request, reply }, approving) => {
    const issue = await issueOf(db, request);
    const view = approving?.refused ? { ...readView(request), pane: 'letter' as const } : readView(request);
    const { said } = readInput(query, request.query);
    const { lines, quoted, content, version, ...told } = await loadContent(issue, house.now());
    const { story: storyId } = view;
    const canTick = deskRights(request).canEdit && isOpen(issue);
    const list = await showList(db, { issueId: issue.id, leadStoryId: issue.leadStoryId, lines, view, pooled: content.pool?.count ?? 0, version, canTick }); // prettier-ignore
    const gated = isReviewed(issue) ? null : await gate({ issue, content, hash: told.hash, version }, false);
    const pane = storyId && { issueId: issue.id, storyId, part: view.part, line: lines.find((line) => line.storyId === storyId), sentences: quoted.get(storyId) ?? [] }; // prettier-ignore
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-issue',
        isKeepable: !gated?.some(({ level }) => level === 'waiting'),
        title: issue.title,
        here: 'issues',
        isPanes: true,
        issueId: issue.id,
        ...(await showState(issue, house)),
        ...(await showSending(house, issue)),
        ...showView(issue.id, view),
        gate: gated && showGate(gated, { issueId: issue.id, view }),
        passed: gated ? null : showPassed(await foundAtApproval(db, issue.id), await gateReasons(db, issue.id)),
        openingSeen: openingVersion(issue),
        ...told,
        ...showApproving(approving),
        map: view.look === 'map' ? showMapOf(issue.id, view, { cards: content.cards, list }) : null,
        list,
        said: said ? saidWords[said] : null,
        asksToTick: said === 'tick',
        hereHref: issueAddress(issue.id, view),
        story: pane ? await showStoryPane(house, { ...pane, next: storyAfter(list, pane.storyId) }) : null,
        troubled: ['sending', 'sent'].includes(issue.status) ? [] : showTroubled(await troubledSources(db)),
        sectionList: sections,
        ...(await showLetterPane(house, { issue, view, request })),
        ...(await showTalk(house, { issueId: issue.id, lines, view, curator: curatorOf(request) })),
        ...(await listEditions(house, { issue, content })),
        trail: await showTrail(db, issue.id, lines),
        history: await showHistory(house, `issue ${issue.id}`),
      },
    );
  };
  desk.get('/desk/issues/:id', { onRequest: keepWayBack }, (request, reply) => showIssue({ request, reply }));
  return showIssue;
}

/** The hash stays the one that the curator saw, whatever was changed while the checks ran. */
function showApproving(approving: Approving | undefined) {
  if (!approving) return { status: 200, isApproving: false, refused: null };
  const { hash, refused } = approving;
  return refused === null
    ? { status: 202, isApproving: true, refused, hash }
    : { status: 409, isApproving: false, refused };
}

/** What curators think of it: scores and comments. */
async function showTalk(
  house: House,
  { issueId, lines, view, curator }: { issueId: number; lines: readonly ListLine[]; view: View; curator: Curator },
) {
  const titles = new Map(lines.map(({ storyId, title }) => [storyId, title]));
  return {
    ...(await showRubric(house.db, { issueId, picks: picksOf(lines), storyId: view.story, curatorId: curator.id })),
    ...(await showComments(house, { issueId, view, curator, titles })),
  };
}

/** What everybody gets. */
function picksOf(lines: readonly ListLine[]): number[] {
  return lines.filter(({ role }) => role === 'pick').map(({ storyId }) => storyId);
}

/** What would be undone and redone, in words, with the story it was done to. */
async function showTrail(db: Queryable, issueId: number, lines: readonly ListLine[]) {
  const { undo, redo } = await nextSteps(db, issueId);
  const show = (edit: typeof undo) => {
    if (!edit) return null;
    const isOfOne = edit.storyIds.length === 1 || edit.decisionId !== null;
    const title = isOfOne ? lines.find(({ storyId }) => storyId === edit.storyIds[0])?.title : undefined;
    return { id: edit.id, words: `${edit.actor} ${editWords(edit)}${title ? ` “${title}”` : ''}` };
  };
  return { undo: show(undo), redo: show(redo) };
}

/** What was approved went through the gate; only its edits bring it back there. */
function isReviewed({ status }: Issue): boolean {
  return status !== 'draft' && status !== 'in_review';
}

/** What is chosen on the page, and where each other choice leads. */
function showView(issueId: number, view: View) {
  const to = (other: Partial<View>): string => issueAddress(issueId, view, other);
  return {
    view: { ...view, reader: view.reader ?? 0, story: view.story ?? 0 },
    viewQuery: viewQueryOf(view),
    openingHref: to({ story: undefined, part: '', pane: 'story' }),
    partHrefs: Object.fromEntries(
      (['', 'summary', 'sources', 'history'] as const).map((part) => [part || 'plain', to({ part, pane: 'story' })]),
    ),
    panes: (['list', 'story', 'letter'] as const).map((pane) => ({ pane, href: to({ pane }) })),
  };
}

/** The map of the stories that are listed: each point leads to its story. */
function showMapOf(
  issueId: number,
  view: View,
  { cards, list }: { cards: readonly Card[]; list: Awaited<ReturnType<typeof showList>> },
) {
  const listed = new Set(list.groups.flatMap(({ lines }) => lines.map(({ storyId }) => storyId)));
  const shown = cards.filter(({ storyId }) => listed.has(storyId));
  return showMap(shown, (story) => issueAddress(issueId, view, { story, pane: 'story' }));
}

/** "Late: A. Could not be read: B and C." in sentences: what readers of this issue may miss. */
function showTroubled(sources: readonly TroubledSource[]): string[] {
  const said = { late: 'Late', broken: 'Could not be read' } as const;
  return (['late', 'broken'] as const).flatMap((health) => {
    const titles = sources.filter((source) => source.health === health).map(({ title }) => title);
    return titles.length === 0 ? [] : [`${said[health]}: ${new Intl.ListFormat('en').format(titles)}.`];
  });
}

/** Returns what reads the stories of an issue, put together once for each state of its tables: 300 take some 200 ms. */
function createContent(db: Queryable) {
  const remember = rememberLast<Awaited<ReturnType<typeof make>>>(2);

  async function make(issue: Issue, now: Date) {
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    const hash = hashContent(content);
    const stories = await listDeskStories(db, issue.id);
    return {
      content,
      hash,
      shortHash: hash.slice(0, 12),
      lines: tellLines(stories, { now, sections: content.sections }),
      quoted: byStory(await quotedSentences(db, issue.id)),
      withdrawn: stories.filter(({ marks }) => marks.includes(withdrawnMark)).map(({ title }) => title),
    };
  }

  return async function loadContent(issue: Issue, now: Date) {
    const version = `${issue.id} ${await issueVersion(db, issue.id)}`;
    return { version, ...(await remember(version, () => make(issue, now))) };
  };
}
