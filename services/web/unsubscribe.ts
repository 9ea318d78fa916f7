// `/unsubscribe/:token`: one button, at once, and a way back. Mail programs post here themselves (RFC 8058).
import type { FastifyInstance } from 'fastify';
import { confirmReader, unsubscribeReader } from '../../core/store/readers.ts';
import type { Room } from '../room.ts';
import { readerOf } from './reader-of.ts';

/** Registers the page and both buttons. Opening the page changes nothing: link scanners open every link. */
export function unsubscribeRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, now } = house;
  // RFC 8058 lets the mail program choose the form's encoding; none may keep a reader subscribed.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.get('/unsubscribe/:token', async (request, reply) =>
    show(reply, 'unsubscribe', { title: 'Unsubscribe', isPersonal: true, reader: await readerOf(db, request) }),
  );

  // Answers 200 and not a redirect: a mail program posts `List-Unsubscribe=One-Click` without cookies and follows nothing.
  app.post('/unsubscribe/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const isOneClick = JSON.stringify(request.body ?? '').includes('One-Click');
    const wording = isOneClick ? 'List-Unsubscribe=One-Click' : 'Unsubscribe';
    await unsubscribeReader(db, { readerId: reader.id, wording, address: request.ip, at: now() });
    const after = { ...reader, status: 'unsubscribed' };
    return show(reply, 'unsubscribe', { title: 'Unsubscribed', isPersonal: true, reader: after });
  });

  app.post('/resubscribe/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const wording = 'Undo, keep sending it';
    // Only who had left comes back here; a pending reader confirms by the mailed link.
    if (reader.status === 'unsubscribed' && reader.confirmedAt) {
      await confirmReader(db, { readerId: reader.id, wording, address: request.ip, at: now(), again: true });
      return reply.redirect(`/preferences/${reader.token}?said=confirmed`, 303);
    }
    return reply.redirect(
      reader.status === 'active' ? `/preferences/${reader.token}` : `/confirm/${reader.token}`,
      303,
    );
  });
}
