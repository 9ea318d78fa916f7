// `/map` and `/issues/:slug/map`: the stories of an issue by what they are about, as they lay when it was approved.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssueContent } from '../../core/store/issue-content.ts';
import {
  publishedBySlug,
  publishedContent,
  publishedHeads,
  type PublishedHead,
} from '../../core/store/published-issues.ts';
import type { Words } from '../../core/words.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the newest map and those of every issue. */
export function mapRoom(app: FastifyInstance, { house, show, showKept, words: wordsOf }: Room): void {
  const { db } = house;
  const showMapOf = (reply: FastifyReply, head: PublishedHead): Promise<FastifyReply> =>
    showKept(reply, 'map-page', {
      key: JSON.stringify([head.id, head.slug, head.contentHash]),
      make: async () => pageOf(head.slug, await publishedContent(db, head), wordsOf(reply.request)),
    });

  app.get('/map', async (request, reply) => {
    const [head] = await publishedHeads(db, 1);
    return head
      ? showMapOf(reply, head)
      : show(reply, 'map-page', { ...pageOf('', undefined, wordsOf(request)), keepSeconds: 60 });
  });

  app.get('/issues/:slug/map', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const head = parsed.success ? await publishedBySlug(db, parsed.data.slug) : undefined;
    if (!head) throw notFound({ key: 'issue.missing' });
    return showMapOf(reply, head);
  });
}

function pageOf(slug: string, content: IssueContent | undefined, words: Words) {
  return {
    title: content ? words.say('map.titleOf', { title: content.title }) : words.say('map.title'),
    here: 'map',
    slug,
    issueTitle: content?.title ?? '',
    date: content ? words.date(content.date, 'UTC') : '',
    map: content ? showMap(content.cards, (id) => `/issues/${slug}#story-${id}`, words) : null,
  };
}
