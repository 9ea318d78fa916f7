// Signing in: an address, a mailed link that works once, a button behind it, and the way out.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAsk } from '../../../core/store/asks.ts';
import { curatorInSession, endSessions, openLink, takeLink } from '../../../core/store/sessions.ts';
import { seldom } from '../../guard-pages.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { browserWords } from './browser-words.ts';
import { note, showDesk } from '../desk.ts';
import { emailField } from '../form-fields.ts';
import { hashToken } from '../../../core/crypto/one-time-token.ts';
import { browserHashOf, createSession, knowBrowser, sessionHashOf } from './session.ts';
import { linkMinutes } from '../../../core/desk/sign-in-link.ts';

const form = z.object({
  email: emailField('your e-mail address', 'This does not look like an e-mail address.'),
});
const params = z.object({ token: z.string().max(100) });
const enterForm = z.object({ elsewhere: z.literal('yes').optional().catch(undefined) });

/** Registers the sign-in page. */
export function signInRoom(app: FastifyInstance, room: Room): void {
  const { db, now, queue } = room.house;

  app.get('/desk/sign-in', (request, reply) =>
    showDesk(room, { request, reply }, { name: 'desk-sign-in', title: 'Sign in', isWide: false }),
  );

  // The same work and the same words for every address: the page does not tell who works here.
  app.post('/desk/sign-in', { config: seldom }, async (request, reply) => {
    const { email } = readInput(form, request.body);
    const detail = { browserHash: knowBrowser(request), browser: browserWords(request.headers['user-agent']) };
    await recordAsk(db, { kind: 'sign-in', email, detail, address: request.ip, at: now() });
    await queue.enqueue('notices.send', {});
    return reply.redirect('/desk/sign-in/asked', 303);
  });

  app.get('/desk/sign-in/asked', (request, reply) =>
    showDesk(
      room,
      { request, reply },
      { name: 'desk-asked', title: 'Look into your inbox', isWide: false, linkMinutes },
    ),
  );

  app.get('/desk/enter/:token', { config: seldom }, (request, reply) => showLink(room, { request, reply }));
  app.post('/desk/enter/:token', { config: seldom }, (request, reply) => enter(room, { request, reply }));

  app.post('/desk/sign-out', async (request, reply) => {
    const hash = sessionHashOf(request);
    const found = hash === undefined ? undefined : await curatorInSession(db, hash, now());
    if (found) await endSessions(db, found.curator.id);
    request.session.regenerate(['browser']);
    return reply.redirect('/desk/sign-in', 303);
  });
}

interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The link of the request, and whether it was asked for in another browser than this one. */
async function linkOf({ house }: Room, request: FastifyRequest) {
  const { token } = readParams(params, request);
  const tokenHash = hashToken(token);
  const link = await openLink(house.db, tokenHash, house.now());
  if (!link) throw closedLink();
  const isElsewhere = link.browserHash !== null && link.browserHash !== browserHashOf(request);
  return { token, tokenHash, isElsewhere, askedBy: link.askedBy };
}

async function showLink(room: Room, { request, reply }: Visit): Promise<FastifyReply> {
  const { token, isElsewhere, askedBy } = await linkOf(room, request);
  const page = { name: 'desk-enter', title: 'Sign in', isWide: false, token, isElsewhere, askedBy };
  return showDesk(room, { request, reply }, page);
}

async function enter(room: Room, { request, reply }: Visit): Promise<FastifyReply> {
  const { db, now } = room.house;
  const { tokenHash, isElsewhere } = await linkOf(room, request);
  // In another browser the button of the plain page is not enough: there it says what it means.
  if (isElsewhere && readInput(enterForm, request.body).elsewhere !== 'yes') return showLink(room, { request, reply });
  const { session, hold } = createSession(request, now());
  const curator = await db.transaction(async (tx) => {
    const taken = await takeLink(tx, tokenHash, session);
    // Who has a second factor is in with its code.
    if (taken && !taken.needsCode)
      await note(tx, taken, { action: 'sign in', subject: `curator ${taken.id}`, at: now() });
    return taken;
  });
  if (!curator) throw closedLink();
  hold();
  if (curator.needsCode) return reply.redirect('/desk/code', 303);
  const back = request.session.get('back');
  request.session.set('back', undefined);
  return reply.redirect(back?.startsWith('/desk/') ? back : '/desk', 303);
}

function closedLink(): PageError {
  return new PageError(404, 'This link was used already, a newer one ended it, or it is too old.', {
    todo: 'Each link signs in once and for a short time.',
    href: '/desk/sign-in',
    words: 'Ask for a new one',
  });
}
