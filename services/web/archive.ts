// `/issues`: every issue that was sent, each story with its permalink, as it was approved.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueBySlug, type ApprovedIssue, type Issue } from '../../core/store/issues.ts';
import { publishedHeads } from '../../core/store/published-issues.ts';
import { markWithdrawn } from '../mark-withdrawn.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';
import { showParagraphs, showSections } from '../show-card.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the list and the issues. */
export function archiveRoom(app: FastifyInstance, { house, show }: Room): void {
  app.get('/issues', async (_request, reply) => {
    const issues = await publishedHeads(house.db);
    return show(reply, 'issues', {
      title: 'Issues',
      here: 'issues',
      keepSeconds: 60,
      issues: issues.map(({ slug, title, intro, cards }) => ({
        slug,
        title,
        intro: showParagraphs(intro),
        count: cards,
      })),
    });
  });

  app.get('/issues/:slug', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const issue = parsed.success ? await issueBySlug(house.db, parsed.data.slug) : undefined;
    if (!issue || !isPublished(issue)) throw notFound('There is no issue at this address.');
    const { title, intro, cards } = issue.content;
    return show(reply, 'issue', {
      title,
      here: 'issues',
      keepSeconds: 60,
      description: intro.slice(0, 200),
      issue: {
        title,
        intro: showParagraphs(intro),
        count: cards.length,
        approvedBy: issue.approvedBy,
      },
      slug: issue.slug,
      sections: showSections(await markWithdrawn(house.db, issue.content)),
      map: showMap(cards, (id) => `#story-${id}`),
    });
  });
}

/** What the public may read is what readers were sent: the frozen content of an issue on its way or gone out. */
export function isPublished(issue: Issue): issue is ApprovedIssue {
  return (issue.status === 'sending' || issue.status === 'sent') && issue.content !== null;
}
