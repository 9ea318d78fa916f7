// `/go/:id/:link`: the links of a letter. They lead to what was approved, and a person's click is counted.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { clickPurpose, readClick } from '../../core/click-id.ts';
import { safeHref } from '../../core/letter.ts';
import { keyFor } from '../../core/secret-key.ts';
import { clickAddress, recordClick } from '../../core/store/clicks.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';

const params = z.object({
  id: z.string().regex(/^[\w-]{32}$/),
  link: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
});

/** Registers the way out. The address is looked up in the issue, never taken from the link: it cannot lead elsewhere. */
export async function goRoom(app: FastifyInstance, { house, links }: Room): Promise<void> {
  const { db, log, now } = house;
  const key = await keyFor(house, clickPurpose);

  app.get('/go/:id/:link', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    const target = parsed.success ? readClick(key, parsed.data.id) : undefined;
    if (!parsed.success || !target) throw notFound('This link is not one of ours, or it is incomplete.');
    const { readerId, issueId, storyId } = target;
    const url = storyId === 0 ? links.home : await clickAddress(db, { issueId, storyId, link: parsed.data.link });
    const href = url === undefined ? null : safeHref(url);
    if (!href) throw notFound('What this link led to is not here any more.');
    const click = { readerId, issueId, storyId: storyId || null, at: now(), isHead: request.method === 'HEAD' };
    const machine = await recordClick(db, click);
    log.debug({ event: 'link.opened', issueId, storyId, machine });
    return reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex').redirect(href, 302);
  });
}
