// Signing in: an address, a mailed link that works once, a button behind it, and the way out.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { curatorByEmail, isSignInOpen, takeSignIn, type Curator } from '../../core/store/curators.ts';
import { planNotice } from '../../core/store/notices.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { composeNotice } from '../compose-notice.ts';
import { seldom } from '../guard-pages.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { note, showDesk } from './desk.ts';
import { emailField } from './form-fields.ts';
import { hashToken } from './one-time-token.ts';
import { createSignInLink } from './sign-in-link.ts';

const linkMinutes = 15;
const form = z.object({
  email: emailField('your e-mail address', 'This does not look like an e-mail address.'),
});
const params = z.object({ token: z.string().max(100) });

/** Registers the door. */
export function doorRoom(app: FastifyInstance, room: Room): void {
  const { db, now } = room.house;

  app.get('/desk/sign-in', (request, reply) =>
    showDesk(room, { request, reply }, { name: 'desk-sign-in', title: 'Sign in', isWide: false }),
  );

  app.post('/desk/sign-in', { config: seldom }, async (request, reply) => {
    const { email } = readInput(form, request.body);
    const curator = await curatorByEmail(db, email);
    if (curator) await mailLink(room, curator);
    // The same words for an address that nobody has: the door does not tell who works here.
    return reply.redirect('/desk/sign-in/asked', 303);
  });

  app.get('/desk/sign-in/asked', (request, reply) =>
    showDesk(
      room,
      { request, reply },
      { name: 'desk-asked', title: 'Look into your inbox', isWide: false, linkMinutes },
    ),
  );

  app.get('/desk/enter/:token', { config: seldom }, async (request, reply) => {
    const { token } = readInput(params, request.params);
    if (!(await isSignInOpen(db, hashToken(token), now()))) throw closedLink();
    return showDesk(room, { request, reply }, { name: 'desk-enter', title: 'Sign in', isWide: false, token });
  });

  app.post('/desk/enter/:token', { config: seldom }, async (request, reply) => {
    const { token } = readInput(params, request.params);
    const curator = await takeSignIn(db, hashToken(token), now());
    if (!curator) throw closedLink();
    await note(db, curator, { action: 'sign in', subject: `curator ${curator.id}`, at: now() });
    request.session.regenerate();
    request.session.set('curatorId', curator.id);
    return reply.redirect('/desk', 303);
  });

  app.post('/desk/sign-out', async (request, reply) => {
    request.session.delete();
    return reply.redirect('/desk/sign-in', 303);
  });
}

function closedLink(): PageError {
  return new PageError(404, 'This link was used already, or it is too old.', 'Ask for a new one at /desk/sign-in.');
}

async function mailLink({ house, links, templates }: Room, curator: Curator): Promise<void> {
  const { db, config, now, queue } = house;
  const { publication = 'Courant' } = await loadSettings(db);
  const href = await createSignInLink(db, {
    curatorId: curator.id,
    deskUrl: config.DESK_URL,
    now: now(),
    minutes: linkMinutes,
  });
  const notice = await composeNotice(templates, {
    publication,
    home: links.home,
    subject: `Sign in to the desk of ${publication}`,
    lines: [`This link signs you in once, within ${linkMinutes} minutes.`],
    action: { label: 'Sign in', href },
    note: 'If you did not ask for it, do nothing: without this mail nobody gets in.',
  });
  await planNotice(db, { kind: 'sign-in', email: curator.email, ...notice });
  await queue.ring('notices.send', {});
}
