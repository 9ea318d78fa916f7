// `/desk/code`: behind a mailed link the code of the app, for those who have a second factor.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkCode, factorKeys, type CodeVerdict } from '../../../core/crypto/second-factor.ts';
import { completeSession, waitingSession } from '../../../core/store/sessions.ts';
import { seldom } from '../../guard-pages.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import type { Room } from '../../room.ts';
import { note, showDesk } from '../desk.ts';
import { sessionHashOf } from './session.ts';

export const codeForm = z.object({ code: z.string({ error: 'Type a code.' }).trim().min(1, 'Type a code.').max(40) });

/** What is said of a code that is not right. */
export const codeWords: Record<Exclude<CodeVerdict, 'right'>, string> = {
  wrong: 'This code is not right, or was used already. Each is good once, for half a minute.',
  locked: 'Too many codes were wrong. Try again in a quarter of an hour.',
  none: 'There is no second factor any more. Ask for a new sign-in link.',
};

/** Registers the page and its form. */
export function codeRoom(app: FastifyInstance, room: Room): void {
  const { db, now } = room.house;

  app.get('/desk/code', { config: seldom }, async (request, reply) => {
    await waitingOf(request);
    return showDesk(room, { request, reply }, { name: 'desk-code', title: 'Your code', isWide: false, wrong: null });
  });

  app.post('/desk/code', { config: seldom }, async (request, reply) => {
    const { curator, sessionId } = await waitingOf(request);
    const { code } = readInput(codeForm, request.body);
    const keys = await factorKeys(room.house);
    // Committed whatever it says: a wrong code counts.
    const verdict = await db.transaction(async (tx) => {
      const said = await checkCode(keys, tx, { curatorId: curator.id, typed: code, now: now() });
      if (said === 'right') await completeSession(tx, sessionId);
      const action = said === 'right' ? 'sign in with a code' : 'type a wrong code';
      await note(tx, curator, { action, subject: `curator ${curator.id}`, at: now() });
      return said;
    });
    if (verdict !== 'right') {
      const page = { name: 'desk-code', title: 'Your code', isWide: false, wrong: codeWords[verdict] };
      return showDesk(room, { request, reply }, { ...page, status: verdict === 'locked' ? 429 : 400 });
    }
    const back = request.session.get('back');
    request.session.set('back', undefined);
    return reply.redirect(back?.startsWith('/desk/') ? back : '/desk', 303);
  });

  async function waitingOf(request: FastifyRequest) {
    const hash = sessionHashOf(request);
    const waiting = hash === undefined ? undefined : await waitingSession(db, hash, now());
    if (!waiting)
      throw new PageError(404, 'No sign-in waits for a code here.', {
        todo: 'A code is asked for ten minutes at most after a sign-in link was used.',
        href: '/desk/sign-in',
        words: 'Ask for a link',
      });
    return waiting;
  }
}
