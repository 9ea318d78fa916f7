// `/issues`: every issue that was sent, each story with its permalink, as it was approved.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { introHtml, introText } from '../../core/letter/intro.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { ApprovedIssue, Issue } from '../../core/store/issues.ts';
import {
  issuesBeside,
  publishedBySlug,
  publishedContent,
  publishedHeads,
  storiesOf,
} from '../../core/store/published-issues.ts';
import { correctionsOf } from '../../core/store/corrections.ts';
import { english, type Words } from '../../core/words.ts';
import { withdrawnAmong } from '../../core/store/withdrawals.ts';
import { markWithdrawn } from '../mark-withdrawn.ts';
import { onPage, pageNumber } from '../on-page.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';
import { issueData } from './linked-data.ts';
import { showShare } from './show-share.ts';
import { layOutIssue } from './issue-page.ts';
import { linesOfRest } from './issue-rest.ts';

/** Of the stories that no curator prepared; the others are on pages of their own. */
const linesShown = 50;
/** A year of them. */
const issuesOnPage = 52;
const listQuery = z.object({ page: pageNumber() });
const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the list and the issues. */
export function archiveRoom(app: FastifyInstance, room: Room): void {
  const { house, links, showKept, words: wordsOf } = room;
  listRoom(app, room);

  // Hundreds of cards take a tenth of a second; what was sent never changes under its hash.
  app.get('/issues/:slug', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const head = parsed.success ? await publishedBySlug(house.db, parsed.data.slug) : undefined;
    if (!head) throw notFound({ key: 'issue.missing' });
    const words = wordsOf(request);
    const { id, number, slug, contentHash, approvedBy } = head;
    // What became of a paper since is not in the content.
    const [corrections, withdrawn, beside, rest, share] = await Promise.all([
      correctionsOf(house.db, id),
      storiesOf(house.db, head).then((ids) => withdrawnAmong(house.db, ids)),
      issuesBeside(house.db, head),
      linesOfRest(house.db, { head, from: 0, limit: linesShown }, words),
      showShare(house, links, { slug }),
    ]);
    const key = JSON.stringify([
      id,
      slug,
      contentHash,
      approvedBy,
      corrections,
      beside,
      rest,
      share,
      [...withdrawn].toSorted((a, b) => a - b),
    ]);
    return showKept(reply, 'issue', {
      key,
      make: async () => {
        const content = await publishedContent(house.db, head);
        const { title, cards } = content;
        return {
          title,
          here: 'issues',
          description: introText(content).join(' ').slice(0, 200),
          canonical: links.issue(slug),
          share,
          linkedData: issueData({ title, date: content.date, url: links.issue(slug), cards, links }),
          ...showIssue(await markWithdrawn(house.db, content), { number, approvedBy }, words),
          slug,
          corrections: corrections.map((one) => ({ words: one.words, at: words.date(one.at, house.config.TIMEZONE) })),
          ...beside,
          rest,
          restCount: head.pooled,
        };
      },
    });
  });
}

function listRoom(app: FastifyInstance, { house, show, words }: Room): void {
  app.get('/issues', async (request, reply) => {
    const { page } = listQuery.parse(request.query);
    const { rows: issues, ...pages } = onPage(await publishedHeads(house.db), page, issuesOnPage);
    return show(reply, 'issues', {
      title: words(request).say('issue.title'),
      here: 'issues',
      keepSeconds: 60,
      ...pages,
      issues: issues.map(({ number, slug, title, cards, pooled, ...head }) => ({
        number,
        slug,
        title,
        intro: introHtml(head),
        count: cards + pooled,
      })),
    });
  });
}

/** What `templates/pages/issue.liquid` shows of a content: to the public, and at the desk before it is theirs. */
export function showIssue(
  content: IssueContent,
  { number, approvedBy }: { number: number; approvedBy: string | null },
  words: Words = english,
) {
  const { title, cards, pool } = content;
  return {
    issue: {
      title,
      number,
      date: words.date(content.date, 'UTC'),
      intro: introHtml(content),
      count: cards.length + (pool?.count ?? 0),
      approvedBy,
    },
    // Of a draft there are none; the archive says its own.
    corrections: [] as { words: string; at: string }[],
    ...layOutIssue(content, words),
    map: showMap(cards, (storyId) => `#story-${storyId}`, words),
  };
}

/** What the public may read is what readers were sent: the frozen content of an issue on its way or gone out. */
export function isPublished(issue: Issue): issue is ApprovedIssue {
  return (issue.status === 'sending' || issue.status === 'sent') && issue.content !== null;
}
