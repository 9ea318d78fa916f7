// `/map` and `/issues/:slug/map`: the stories of an issue by what they are about, as they lay when it was approved.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueBySlug } from '../../core/store/issues.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads } from '../../core/store/published-issues.ts';
import { notFound } from '../page-error.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';
import { isPublished } from './archive.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the newest map and those of every issue. */
export function mapRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db } = house;
  const rememberNewest = rememberLast<ReturnType<typeof pageOf>>(1);

  app.get('/map', async (_request, reply) => {
    const [head] = await publishedHeads(db, 1);
    if (!head) return show(reply, 'map-page', pageOf('', undefined));
    const page = await rememberNewest(`${head.id} ${head.contentHash}`, async () =>
      pageOf(head.slug, await publishedContent(db, head)),
    );
    return show(reply, 'map-page', page);
  });

  app.get('/issues/:slug/map', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const issue = parsed.success ? await issueBySlug(db, parsed.data.slug) : undefined;
    if (!issue || !isPublished(issue)) throw notFound('There is no issue at this address.');
    return show(reply, 'map-page', pageOf(issue.slug, issue.content));
  });
}

function pageOf(slug: string, content: IssueContent | undefined) {
  return {
    title: content ? `The map of ${content.title}` : 'The map',
    here: 'map',
    keepSeconds: 60,
    slug,
    issueTitle: content?.title ?? '',
    map: content ? showMap(content.cards, (id) => `/issues/${slug}#story-${id}`) : null,
  };
}
