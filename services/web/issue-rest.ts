// `/issues/:slug/rest`: the stories of an issue that no curator prepared, one line each, page by page.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { poolPage } from '../../core/store/issue-pool.ts';
import { publishedBySlug, type PublishedHead } from '../../core/store/published-issues.ts';
import { withdrawnAmong } from '../../core/store/withdrawals.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import type { Words } from '../../core/words.ts';

/** Lines of a page: some 20 KB. */
const linesAtOnce = 100;
const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });
const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) });

/** Registers the pages. */
export function issueRestRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  app.get('/issues/:slug/rest', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const head = parsed.success ? await publishedBySlug(house.db, parsed.data.slug) : undefined;
    const { page } = query.parse(request.query);
    const pages = Math.ceil((head?.pooled ?? 0) / linesAtOnce);
    if (!head || page > pages) throw notFound({ key: 'issue.missingRest' });
    const words = wordsOf(request);
    const { slug, title, pooled: count } = head;
    const rest = await linesOfRest(house.db, { head, from: (page - 1) * linesAtOnce, limit: linesAtOnce }, words);
    return show(reply, 'issue-rest', {
      title: words.say('issue.restOf', { title }),
      here: 'issues',
      keepSeconds: 60,
      issue: { slug, title, count },
      rest,
      page,
      pages,
    });
  });
}

/** Some stories of the pool in its order; a paper that its authors took back since says so. */
export async function linesOfRest(
  db: Queryable,
  { head, from, limit }: { head: Pick<PublishedHead, 'id' | 'pooled'>; from: number; limit: number },
  words: Words,
) {
  if (head.pooled === 0) return [];
  const { lines } = await poolPage(db, { issueId: head.id, from, limit });
  const withdrawn = await withdrawnAmong(db, lines.map(({ storyId }) => storyId)); // prettier-ignore
  return lines.map(({ storyId, title, source, kind, lang }) => ({
    storyId,
    title,
    source,
    kind: words.say(`kind.${kind}`),
    lang,
    isWithdrawn: withdrawn.has(storyId),
  }));
}
