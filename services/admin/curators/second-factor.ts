// `/desk/second-factor`: a curator sets up codes of an app, gets recovery codes, takes it away again. Their own, so a reviewer may, too.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderSVG } from 'uqr';
import { factorKeys, makeRecoveryCodes, makeSecret, showSecret } from '../../../core/crypto/second-factor.ts';
import { endOtherSessions } from '../../../core/store/sessions.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { factorOf, removeFactor, startFactor } from '../../../core/store/second-factors.ts';
import { PageError } from '../../page-error.ts';
import type { Room } from '../../room.ts';
import { curatorOf, showDesk } from '../desk.ts';
import { seldom } from '../../guard-pages.ts';
import { withCode } from './with-code.ts';

/** Own forms; open to whoever has to set it up before anything else, and tried seldom. */
const own = { config: { isOwn: true, isEnrolment: true, ...seldom } };

interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers the page and its forms. */
export function secondFactorRoom(desk: FastifyInstance, room: Room): void {
  const { house } = room;
  const { db } = house;

  desk.get('/desk/second-factor', { config: { isEnrolment: true } }, (request, reply) =>
    showFactor(room, { request, reply }),
  );

  desk.post('/desk/second-factor', own, async (request, reply) => {
    const { id: curatorId } = curatorOf(request);
    const secret = makeSecret(await factorKeys(house), curatorId);
    if ((await startFactor(db, { curatorId, secret })) === 0) throw new PageError(409, 'You have a second factor already.', 'Take it away first.'); // prettier-ignore
    return reply.redirect('/desk/second-factor', 303);
  });

  // The codes are shown in the answer itself: they are kept nowhere, so no page could show them later.
  for (const [path, action] of [
    ['/desk/second-factor/confirm', 'set up a second factor'],
    ['/desk/second-factor/codes', 'make new recovery codes'],
  ] as const)
    desk.post(path, own, async (request, reply) => {
      const made = await withCode(house, { request, curator: curatorOf(request), action }, async (tx, keys) => {
        const { id: curatorId } = curatorOf(request);
        // Whoever sets it up because of a thief would keep the thief.
        if (path.endsWith('/confirm'))
          await endOtherSessions(tx, { curatorId, sessionId: request.sessionId, now: house.now() });
        return makeRecoveryCodes(keys, tx, curatorId);
      });
      if ('wrong' in made) return showFactor(room, { request, reply }, made);
      return showDesk(room, { request, reply }, { name: 'desk-recovery-codes', title: 'Recovery codes', here: 'sessions', isWide: false, codes: made.done }); // prettier-ignore
    });

  desk.post('/desk/second-factor/remove', own, async (request, reply) => {
    const done = await withCode(
      house,
      { request, curator: curatorOf(request), action: 'take the second factor away' },
      (tx) => removeFactor(tx, curatorOf(request).id),
    );
    return 'wrong' in done ? showFactor(room, { request, reply }, done) : reply.redirect('/desk/second-factor', 303);
  });
}

async function showFactor(
  room: Room,
  { request, reply }: Visit,
  told?: { wrong: string; status: number },
): Promise<FastifyReply> {
  const { house } = room;
  const { db } = house;
  const curator = curatorOf(request);
  const { publication, requireSecondFactor } = await loadSettings(db);
  const factor = await factorOf(db, curator.id);
  const isBegun = factor !== undefined && !factor.isConfirmed;
  const shown = isBegun ? showSecret(await factorKeys(house), { curatorId: curator.id, email: curator.email, sealed: factor.secret, publication }) : null; // prettier-ignore
  return showDesk(room, { request, reply }, {
    name: 'desk-second-factor',
    title: 'Second factor',
    here: 'sessions',
    isWide: false,
    status: told?.status ?? 200,
    wrong: told?.wrong ?? null,
    state: factor === undefined ? 'none' : factor.isConfirmed ? 'confirmed' : 'begun',
    codesLeft: factor?.codesLeft ?? 0,
    isRequired: requireSecondFactor,
    secret: shown && { ...shown, picture: renderSVG(shown.uri, { border: 2 }) },
  }); // prettier-ignore
}
