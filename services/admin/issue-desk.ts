// `/desk/issues/:id`: left the stories, right the letter as it will be.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { digest } from '../../core/digest.ts';
import type { House } from '../../core/house.ts';
import { withdrawnMark } from '../../core/item-marks.ts';
import { sections } from '../../core/sections.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { describeMissing } from '../../core/store/missing-news.ts';
import { listDeskStories } from '../../core/store/issue-edits.ts';
import { issueVersion } from '../../core/store/issue-version.ts';
import { issueById, type Issue } from '../../core/store/issues.ts';
import { proofReaders } from '../../core/store/picks.ts';
import { troubledSources, type TroubledSource } from '../../core/store/troubled-sources.ts';
import { quotedSentences } from '../../core/store/summaries.ts';
import { listActiveReaders, type Reader } from '../../core/store/readers.ts';
import { nextTime } from '../../core/week.ts';
import { sendFramed } from '../guard-pages.ts';
import { notFound } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { rememberLast } from '../remember.ts';
import { showMap } from '../show-map.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { fieldTime, readableTime } from './desk-time.ts';
import { showStories, type DeskOrder } from './desk-stories.ts';
import { seesReaders, showDesk, showHistory } from './desk.ts';
import { statusWords } from './issues.ts';
import { issueParams } from './issue-params.ts';
import { createPreview } from './preview.ts';
import { showSending } from './sending.ts';

/** `reader` is an id, or nothing for a new reader. */
const query = z.object({
  reader: rowId().optional().catch(undefined),
  order: z.enum(['section', 'uncertain']).catch('section'),
  said: z.enum(['sorting', 'again']).optional().catch(undefined),
});

const saidWords = {
  sorting: 'The others are being sorted again. Look again in a few seconds.',
  again: 'It is being drafted again; what curators decided stays. Look again in a minute.',
} as const;

/** Registers the desk of one issue and the letter in its frame. */
export function issueDeskRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const preview = createPreview(room);
  const showContent = createContent(house.db);

  desk.get('/desk/issues/:id', async (request, reply) => {
    const issue = await issueOf(house.db, request);
    const { reader = 0, order, said } = readInput(query, request.query);
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-issue',
        title: issue.title,
        here: 'issues',
        ...showState(issue, house),
        troubled:
          issue.status === 'sending' || issue.status === 'sent' ? [] : showTroubled(await troubledSources(house.db)),
        ...(await showSending(house, issue)),
        fixed: await showContent(issue, order),
        said: said ? saidWords[said] : null,
        readers: showReaders(await listActiveReaders(house.db, proofReaders), seesReaders(request)),
        readerId: reader,
        history: await showHistory(house, `issue ${issue.id}`),
      },
    );
  });

  desk.get('/desk/issues/:id/letter', async (request, reply) => {
    const issue = await issueOf(house.db, request);
    const { reader } = readInput(query, request.query);
    return sendFramed(reply, await preview(issue, { readerId: reader, showsAddress: seesReaders(request) }));
  });
}

async function issueOf(db: Queryable, request: FastifyRequest): Promise<Issue> {
  const issue = await issueById(db, readInput(issueParams, request.params).id);
  if (!issue) throw notFound('There is no such issue.');
  return issue;
}

/** Whose letter a proof is: by address for those who answer readers' mails, by number for reviewers. */
function showReaders(readers: readonly Reader[], showsAddress: boolean) {
  return readers.map(({ id, email }) => ({ id, name: showsAddress ? email : `reader ${id}` }));
}

function showState(issue: Issue, { config, now }: House) {
  const { SEND_AT, TIMEZONE: timezone } = config;
  return {
    issue: { ...issue, content: null },
    state: statusWords[issue.status],
    isOpen: issue.status !== 'sending' && issue.status !== 'sent',
    isReview: issue.status === 'draft' || issue.status === 'in_review',
    isLaying: issue.poolAskedAt !== null,
    missing: issue.missing === null ? null : describeMissing(issue.missing),
    isApproved: issue.status === 'approved' || issue.status === 'scheduled',
    sendAt: readableTime(issue.sendAt, timezone),
    sendField: fieldTime(issue.sendAt ?? nextTime(SEND_AT, now(), timezone), timezone),
    timezone,
  };
}

/** "Late: A. Could not be read: B and C." in sentences: what readers of this issue may miss. */
function showTroubled(sources: readonly TroubledSource[]): string[] {
  const said = { late: 'Late', broken: 'Could not be read' } as const;
  return (['late', 'broken'] as const).flatMap((health) => {
    const titles = sources.filter((source) => source.health === health).map(({ title }) => title);
    return titles.length === 0 ? [] : [`${said[health]}: ${new Intl.ListFormat('en').format(titles)}.`];
  });
}

/** Returns what shows the stories of an issue, put together once for each state of its tables: 300 take some 200 ms. */
function createContent(db: Queryable) {
  const remember = rememberLast<Awaited<ReturnType<typeof make>>>(2);

  async function make(issue: Issue, order: DeskOrder) {
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    const hash = digest(content);
    const stories = await listDeskStories(db, issue.id);
    return {
      hash,
      shortHash: hash.slice(0, 12),
      map: showMap(content.cards, (storyId) => `#story-${storyId}`),
      ...showStories(stories, await quotedSentences(db, issue.id), order),
      withdrawn: stories.filter(({ marks }) => marks.includes(withdrawnMark)).map(({ title }) => title),
      sectionList: sections,
      pooled: content.pool?.count ?? 0,
    };
  }

  return async function showContent(issue: Issue, order: DeskOrder) {
    const version = `${issue.id} ${order} ${await issueVersion(db, issue.id)}`;
    return { version, values: await remember(version, () => make(issue, order)) };
  };
}
