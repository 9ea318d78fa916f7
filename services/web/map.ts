// `/map` and `/issues/:slug/map`: the stories of an issue by what they are about, as they lay when it was approved.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueBySlug, listPublished, type ApprovedIssue } from '../../core/store/issues.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';
import { isPublished } from './archive.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the newest map and those of every issue. */
export function mapRoom(app: FastifyInstance, { house, show }: Room): void {
  app.get('/map', async (_request, reply) => show(reply, 'map-page', pageOf((await listPublished(house.db))[0])));

  app.get('/issues/:slug/map', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const issue = parsed.success ? await issueBySlug(house.db, parsed.data.slug) : undefined;
    if (!issue || !isPublished(issue)) throw notFound('There is no issue at this address.');
    return show(reply, 'map-page', pageOf(issue));
  });
}

function pageOf(issue: ApprovedIssue | undefined) {
  const slug = issue?.slug ?? '';
  return {
    title: issue ? `The map of ${issue.content.title}` : 'The map',
    here: 'map',
    keepSeconds: 60,
    slug,
    issueTitle: issue?.content.title ?? '',
    map: issue ? showMap(issue.content.cards, (id) => `/issues/${slug}#story-${id}`) : null,
  };
}
