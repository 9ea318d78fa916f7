// The desk: signing in, and behind it the rooms of the curators.
import csrfProtection from '@fastify/csrf-protection';
import secureSession from '@fastify/secure-session';
import type { FastifyInstance } from 'fastify';
import { keyFor } from '../../core/crypto/secret-key.ts';
import { sessionDays } from '../../core/store/sessions.ts';
import type { Room } from '../room.ts';
import { showOutbox } from '../web/outbox.ts';
import { quotedStoryRoom } from '../web/stories.ts';
import { askAgainRoom } from './issue/ask-again.ts';
import { auditLogRoom } from './audit-log.ts';
import { approvalRoom } from './issue/approval.ts';
import { editorsOnly, requireCurator } from './desk.ts';
import { commentsRoom } from './issue/comments.ts';
import { codeRoom } from './curators/enter-code.ts';
import { correctionsRoom } from './corrections.ts';
import { curatorsRoom } from './curators/curators.ts';
import { signInRoom } from './curators/sign-in.ts';
import { figuresRoom } from './figures.ts';
import { fullTextRoom } from './sources/full-text.ts';
import { editionsRoom } from './issue/editions.ts';
import { editsRoom } from './issue/edits.ts';
import { createGate } from './issue/gate.ts';
import { issueDeskRoom } from './issue/issue-desk.ts';
import { inboxRoom } from './inbox.ts';
import { issuePoolRoom } from './issue/issue-pool.ts';
import { issuesRoom } from './issues.ts';
import { letterRoom } from './issue/letter-room.ts';
import { mutesRoom } from './mutes.ts';
import { notHereRoom } from './not-here.ts';
import { rubricRoom } from './issue/rubric.ts';
import { mailboxRoom } from './sources/mailbox.ts';
import { createPreview } from './issue/preview.ts';
import { queuesRoom } from './queues.ts';
import { newReaderRoom, readersRoom } from './readers/readers.ts';
import { readersImportRoom } from './readers/readers-import.ts';
import { readerChangesRoom, readerRoom } from './readers/reader-page.ts';
import { secondFactorRoom } from './curators/second-factor.ts';
import { sendingRoom } from './issue/sending.ts';
import { rankingRoom } from './ranking.ts';
import { sessionsRoom } from './curators/sessions.ts';
import { settingsRoom } from './settings.ts';
import { setupRoom } from './curators/setup.ts';
import { sourceDeletionRoom } from './sources/source-deletion.ts';
import { sourceMovesRoom } from './sources/source-moves.ts';
import { sourceRoom } from './sources/source-page.ts';
import { sourcesOpmlRoom } from './sources/sources-opml.ts';
import { sourcesRoom } from './sources/sources.ts';
import { storyDeskRoom } from './issue/story-desk.ts';
import { stepsRoom } from './issue/steps.ts';
import { storyWordsRoom } from './issue/story-words.ts';
import { talksRoom } from './sources/talks.ts';
import { topicsDeskRoom } from './topics.ts';

const sessionSeconds = sessionDays * 86_400;

/** Registers the session, the token check on every form, and all rooms. */
export async function adminRooms(
  app: FastifyInstance,
  room: Room,
  { hasOutbox }: { hasOutbox: boolean },
): Promise<void> {
  // The desk is English, whatever a browser asks for.
  app.addHook('onRequest', async (request) => {
    request.pageLang = 'en';
  });
  await app.register(secureSession, {
    key: await keyFor(room.house, 'courant desk session'),
    cookieName: 'courant_desk',
    expiry: sessionSeconds,
    cookie: {
      path: '/desk',
      httpOnly: true,
      sameSite: 'lax',
      secure: room.house.config.DESK_URL.startsWith('https:'),
      maxAge: sessionSeconds,
    },
  });
  await app.register(csrfProtection, { sessionPlugin: '@fastify/secure-session' });
  app.addHook('preHandler', (request, reply, done) =>
    request.method === 'POST' ? app.csrfProtection(request, reply, done) : done(),
  );
  app.decorateRequest('curator', null);
  app.decorateRequest('sessionId', 0);
  setupRoom(app, room);
  signInRoom(app, room);
  codeRoom(app, room);
  await app.register(async (desk) => {
    requireCurator(desk, room);
    issuesRoom(desk, room);
    const preview = createPreview(room);
    const gate = createGate(room, preview);
    const showIssue = issueDeskRoom(desk, room, gate);
    letterRoom(desk, room, preview);
    askAgainRoom(desk, room);
    issuePoolRoom(desk);
    editsRoom(desk, room);
    storyWordsRoom(desk, room);
    editionsRoom(desk, room);
    rubricRoom(desk, room);
    commentsRoom(desk, room);
    mutesRoom(desk, room);
    inboxRoom(desk, room);
    stepsRoom(desk, room);
    approvalRoom(desk, room, { gate, showIssue });
    sendingRoom(desk, room);
    storyDeskRoom(desk, room);
    quotedStoryRoom(desk, room);
    roomsAroundTheIssue(desk, room);
    if (hasOutbox) await desk.register(async (scope) => outboxOfEditors(scope, room));
    notHereRoom(desk);
  });
}

/** Letters hold the links of their readers, so who may change nothing does not get them. */
function outboxOfEditors(desk: FastifyInstance, room: Room): void {
  desk.addHook('onRequest', editorsOnly);
  showOutbox(desk, room, '/desk/outbox');
}

function roomsAroundTheIssue(desk: FastifyInstance, room: Room): void {
  sourcesRoom(desk, room);
  sourceRoom(desk, room);
  sourceMovesRoom(desk, room);
  sourceDeletionRoom(desk, room);
  fullTextRoom(desk, room);
  mailboxRoom(desk, room);
  sourcesOpmlRoom(desk, room);
  readersRoom(desk, room);
  newReaderRoom(desk, room);
  readersImportRoom(desk, room);
  readerRoom(desk, room);
  readerChangesRoom(desk, room);
  queuesRoom(desk, room);
  auditLogRoom(desk, room);
  rankingRoom(desk, room);
  figuresRoom(desk, room);
  correctionsRoom(desk, room);
  curatorsRoom(desk, room);
  sessionsRoom(desk, room);
  secondFactorRoom(desk, room);
  settingsRoom(desk, room);
  talksRoom(desk, room);
  topicsDeskRoom(desk, room);
}
