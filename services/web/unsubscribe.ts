// `/unsubscribe/:token`: one button, at once, and a way back. Mail programs post here themselves (RFC 8058).
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { leave } from '../../core/readers/leave.ts';
import { resubscribeReader } from '../../core/store/subscriptions.ts';
import type { Room } from '../room.ts';
import { PageError } from '../page-error.ts';
import { leaverOf } from './reader-of.ts';

/** The form is 26 bytes, and what mail programs put around it some hundred. */
const mostBytes = 65_536;

/**
 * The body as text; undefined when it arrived whole and its sender hung up before it was read, who has left as well: many mail
 * programs wait for no answer. What was cut off is an error, since nobody knows what it was to be.
 */
function takeBody(
  { raw }: FastifyRequest,
  payload: FastifyRequest['raw'],
  done: (error: Error | null, body?: string) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const end = (error: Error | null, body?: string): void => {
    if (!isOver) done(error, body);
    isOver = true;
  };
  const hungUp = (): void =>
    end(raw.complete ? null : new PageError(400, { key: 'error.notWhole' }, { key: 'error.sendAgain' }));
  const refuse = (): void => end(new PageError(413, { key: 'error.413' }, { key: 'error.useButton' }));
  if (payload.destroyed) return hungUp();
  if (Number(raw.headers['content-length'] ?? 0) > mostBytes) return refuse();
  payload.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) refuse();
    else chunks.push(chunk);
  });
  payload.once('end', () => end(null, Buffer.concat(chunks).toString('latin1')));
  payload.once('error', hungUp).once('close', hungUp);
}

/**
 * Registers the page and both buttons. Opening the page changes nothing: link scanners open every link. Any link of any
 * mail leaves; one that has ended shows nothing about its reader.
 */
export function unsubscribeRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now } = house;
  // RFC 8058 lets the mail program choose the form's encoding; none, not even a malformed one, may keep a reader subscribed.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', takeBody);
  app.addHook('onRequest', async (request) => {
    if (request.method === 'POST') request.raw.headers['content-type'] = 'text/plain';
  });

  app.get('/unsubscribe/:token', async (request, reply) => {
    const { reader, isOwn, token } = await leaverOf(house, request);
    return show(reply, 'unsubscribe', {
      title: wordsOf(request).say('unsubscribe.title'),
      isPersonal: true,
      reader,
      isOwn,
      token,
    });
  });

  // Answers 200 and not a redirect: a mail program posts `List-Unsubscribe=One-Click` without cookies and follows nothing.
  // Never too often: a provider posts for all its people from one address, and a refusal is a reader who stays subscribed.
  const isLeaver = (request: FastifyRequest): Promise<boolean> => leaverOf(house, request).then(() => true, () => false); // prettier-ignore
  app.post('/unsubscribe/:token', { config: { rateLimit: false, isKnown: isLeaver } }, async (request, reply) => {
    const { reader, isOwn, token } = await leaverOf(house, request);
    const isOneClick = JSON.stringify(request.body ?? '').includes('One-Click');
    const wording = isOneClick ? 'List-Unsubscribe=One-Click' : wordsOf(request).say('unsubscribe.title');
    await leave(house, { readerId: reader.id, wording, address: request.ip, at: now() });
    const after = { ...reader, status: 'unsubscribed' };
    return show(reply, 'unsubscribe', {
      title: wordsOf(request).say('unsubscribe.done'),
      isPersonal: true,
      reader: after,
      isOwn,
      token,
    });
  });

  app.post('/resubscribe/:token', async (request, reply) => {
    const { reader, isOwn } = await leaverOf(house, request);
    const wording = wordsOf(request).say('unsubscribe.undo');
    const consent = { readerId: reader.id, wording, address: request.ip, at: now() };
    // Only who had left comes back here; a pending reader confirms by the mailed link.
    const token = isOwn ? await resubscribeReader(db, consent) : null;
    if (token !== null) return reply.redirect(`/preferences/${token}?said=resumed`, 303);
    if (!isOwn) return reply.redirect('/subscribe', 303);
    return reply.redirect(
      reader.status === 'active' ? `/preferences/${reader.token}` : `/confirm/${reader.token}`,
      303,
    );
  });
}
