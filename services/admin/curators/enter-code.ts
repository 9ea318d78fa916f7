// `/desk/code`: behind a mailed link the code of the app, for those who have a second factor.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lockedFactors } from '../../../core/store/second-factors.ts';
import { completeSession, waitingSession } from '../../../core/store/sessions.ts';
import { seldom } from '../../guard-pages.ts';
import { PageError } from '../../page-error.ts';
import type { Room } from '../../room.ts';
import { showDesk } from '../desk.ts';
import { sessionHashOf } from './session.ts';
import { lockedWords, withCode } from './with-code.ts';

interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers the page and its form. */
export function codeRoom(app: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db, now, config } = house;

  app.get('/desk/code', { config: seldom }, async (request, reply) => {
    const { curator } = await waitingOf(request);
    const until = (await lockedFactors(db, now())).get(curator.id);
    return showCode({ request, reply }, until ? lockedWords(until, config.TIMEZONE) : null);
  });

  app.post('/desk/code', { config: seldom }, async (request, reply) => {
    const { curator, sessionId } = await waitingOf(request);
    const outcome = await withCode(house, { request, curator, action: 'sign in with a code' }, (tx) => completeSession(tx, sessionId)); // prettier-ignore
    if ('wrong' in outcome) return showCode({ request, reply }, outcome.wrong, outcome.status);
    const back = request.session.get('back');
    request.session.set('back', undefined);
    return reply.redirect(back?.startsWith('/desk/') ? back : '/desk', 303);
  });

  function showCode(visit: Visit, wrong: string | null, status = 200): Promise<FastifyReply> {
    return showDesk(room, visit, { name: 'desk-code', title: 'Your code', isWide: false, wrong, status });
  }

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
