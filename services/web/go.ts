// `/go/:letter/:story/:link`: the links of a letter. They lead to what was approved, and a person's click is counted.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { clickPurpose, readClick, readLetter, type ClickTarget } from '../../core/mail/click-id.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import { keyFor } from '../../core/crypto/secret-key.ts';
import { clickAddress, recordClick } from '../../core/store/clicks.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';

const link = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);
const params = z.object({ letter: z.string().regex(/^[\w-]{27}$/), story: z.union([z.literal('0').transform(Number), rowId()]), link }); // prettier-ignore
/** Mails that were sent before a letter had one id for all its links. */
const formerParams = z.object({ id: z.string().regex(/^[\w-]{32}$/), link });

/** Registers the way out. The address is looked up in the issue, never taken from the link: it cannot lead elsewhere. */
export async function goRoom(app: FastifyInstance, { house, links }: Room): Promise<void> {
  const { db, log, now } = house;
  const key = await keyFor(house, clickPurpose);

  async function go(target: (ClickTarget & { link: number }) | undefined, isHead: boolean): Promise<string> {
    if (!target) throw notFound({ key: 'error.notOurs' });
    const { readerId, issueId, storyId } = target;
    const url = storyId === 0 ? links.home : await clickAddress(db, target);
    const href = url === undefined ? null : safeHref(url);
    if (!href) throw notFound({ key: 'error.ledNowhere' });
    const machine = await recordClick(db, { readerId, issueId, storyId: storyId || null, at: now(), isHead });
    log.debug({ event: 'link.opened', issueId, storyId, machine });
    return href;
  }
  const lead = async (reply: FastifyReply, href: Promise<string>): Promise<FastifyReply> =>
    reply
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .redirect(await href, 302);

  app.get('/go/:letter/:story/:link', (request, reply) => {
    const { data } = params.safeParse(request.params);
    const letter = data && readLetter(key, data.letter);
    return lead(reply, go(letter && { ...letter, storyId: data.story, link: data.link }, request.method === 'HEAD'));
  });

  app.get('/go/:id/:link', (request, reply) => {
    const { data } = formerParams.safeParse(request.params);
    const click = data && readClick(key, data.id);
    return lead(reply, go(click && { ...click, link: data.link }, request.method === 'HEAD'));
  });
}
