// The addresses that are a reader's own: of their page, which they can end, and of their private feed.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../core/house.ts';
import { setFeedToken } from '../../core/store/reader-feeds.ts';
import { endOldLinks } from '../../core/store/reader-tokens.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

/** Registers the forms. */
export function takeLinks(app: FastifyInstance, { db, now }: House): void {
  app.post('/preferences/:token/renew', async (request, reply) => {
    const reader = await readerOf(db, request);
    const token = await endOldLinks(db, { readerId: reader.id, at: now() });
    return backToPage(reply, { token, said: 'renewed' });
  });

  for (const wanted of [true, false]) {
    app.post(`/preferences/:token/feed${wanted ? '' : '/remove'}`, async (request, reply) => {
      const reader = await readerOf(db, request);
      await setFeedToken(db, reader.id, wanted);
      return reply.redirect(`/preferences/${reader.token}?said=${wanted ? 'feed' : 'unfed'}#feed`, 303);
    });
  }
}
