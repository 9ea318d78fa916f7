// `/desk/sessions`: the browsers in which a curator is signed in, each with a button that ends it.
import type { FastifyInstance } from 'fastify';
import { endSession, endSessions, listSessions, sessionDays } from '../../../core/store/sessions.ts';
import { notFound } from '../../page-error.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { deskTime } from '../desk-time.ts';
import { curatorOf, note, showDesk } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** Registers the list and its forms. They are every curator's own, so a reviewer may send them, too. */
export function sessionsRoom(desk: FastifyInstance, room: Room): void {
  const { db, config, now } = room.house;
  const own = { config: { isOwn: true } };

  desk.get('/desk/sessions', async (request, reply) => {
    const sessions = await listSessions(db, curatorOf(request).id, now());
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-sessions',
        isKeepable: true,
        title: 'Where you are signed in',
        here: 'sessions',
        isWide: false,
        sessionDays,
        sessions: sessions.map(({ createdAt, ...session }) => ({
          ...session,
          at: deskTime(createdAt, config.TIMEZONE),
          isThis: session.id === request.sessionId,
        })),
      },
    );
  });

  desk.post('/desk/sessions/:id/end', own, async (request, reply) => {
    const curator = curatorOf(request);
    const sessionId = readParams(idParams, request).id;
    await db.transaction(async (tx) => {
      if ((await endSession(tx, { sessionId, curatorId: curator.id, now: now() })) === 0)
        throw notFound('This session is not there any more.');
      await note(tx, curator, { action: 'end a session', subject: `curator ${curator.id}`, at: now() });
    });
    return reply.redirect('/desk/sessions', 303);
  });

  desk.post('/desk/sessions/end', own, async (request, reply) => {
    const curator = curatorOf(request);
    await db.transaction(async (tx) => {
      await endSessions(tx, curator.id);
      await note(tx, curator, { action: 'end all sessions', subject: `curator ${curator.id}`, at: now() });
    });
    return reply.redirect('/desk/sign-in', 303);
  });
}
