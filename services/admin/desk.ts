// Who is at the desk, what they may do, and the pages they are shown.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { listAudit, recordAudit, type AuditEntry, type Curator } from '../../core/store/curators.ts';
import { issueInHand } from '../../core/store/issues.ts';
import { curatorInSession, waitingSession } from '../../core/store/sessions.ts';
import { hashToken } from '../../core/crypto/one-time-token.ts';
import { keepUnchanged, stateAt } from '../keep-unchanged.ts';
import { PageError } from '../page-error.ts';
import type { Page, Room } from '../room.ts';
import { deskTime } from './desk-time.ts';
import { tellEntry } from './tell-changes.ts';
import { pageBehind } from './curators/page-behind.ts';
import { sessionHashOf } from './curators/session.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The one who signed in; null before. */
    curator: Curator | null;
    /** The id of the session they are in; 0 before. */
    sessionId: number;
  }
  interface FastifyContextConfig {
    /** The form changes nothing but what is the curator's own (sessions, scores, comments), so that a reviewer may send it. */
    isOwn?: boolean;
    /** Open to whoever has to set up a second factor before anything else. */
    isEnrolment?: boolean;
  }
}

/** Lets only curators in; everybody else is sent to the sign-in page, before a byte of what they send is read. */
export function requireCurator(desk: FastifyInstance, { house }: Room): void {
  desk.addHook('onRequest', async (request, reply) => {
    const hash = sessionHashOf(request);
    const found = hash === undefined ? undefined : await curatorInSession(house.db, hash, house.now());
    if (!found) {
      request.session.set('back', pageBehind(request));
      // Who used a link already and only lacks the code needs no second one.
      const isHalfIn = hash !== undefined && (await waitingSession(house.db, hash, house.now())) !== undefined;
      return reply.redirect(isHalfIn ? '/desk/code' : '/desk/sign-in', 303);
    }
    request.curator = found.curator;
    request.sessionId = found.sessionId;
    if (found.lacksFactor && !request.routeOptions.config.isEnrolment)
      return reply.redirect('/desk/second-factor', 303);
    // The tokens of its forms are good for the cookie that the page was made for.
    const secret = request.session.get('_csrf');
    if (request.method === 'GET' && secret !== undefined)
      request.kept = {
        key: `${found.sessionId} ${hashToken(secret)} ${request.url}`,
        state: stateAt(found.state, house.now()),
      };
    // Here for every form there is or will be, not in each: a form that forgot to ask would be open to reviewers.
    if (request.method !== 'GET' && request.method !== 'HEAD' && !request.routeOptions.config.isOwn) editorOf(request);
  });
  keepUnchanged(desk, ({ isKeepable }) => isKeepable);
}

/** The curator at the desk, whatever their role. */
export function curatorOf({ curator }: FastifyRequest): Curator {
  if (!curator)
    throw new PageError(403, 'Nobody is signed in.', {
      todo: 'Sign in first.',
      href: '/desk/sign-in',
      words: 'Sign in',
    });
  return curator;
}

/** The curator at the desk, when they may change things: an owner or an editor. */
export function editorOf(request: FastifyRequest): Curator {
  const { curator } = request;
  if (!curator || curator.role === 'reviewer') {
    throw new PageError(403, 'A reviewer may look at everything and change nothing.', 'Ask an editor or the owner.');
  }
  return curator;
}

/** For what shows the links of readers. */
export const editorsOnly = async (request: FastifyRequest): Promise<void> => void editorOf(request);

/** The curator at the desk, when they are an owner: settings and logins are theirs. */
export function ownerOf({ curator }: FastifyRequest): Curator {
  return requireOwner(curator ?? undefined);
}

/** The curator, when they are an owner. */
export function requireOwner(curator: Curator | undefined): Curator {
  if (curator?.role !== 'owner') {
    throw new PageError(403, 'Only an owner changes settings and curators.', 'Ask an owner.');
  }
  return curator;
}

/** Whether the curator may see readers' addresses: who only reviews needs none. */
export function seesReaders({ curator }: FastifyRequest): boolean {
  return curator !== null && curator.role !== 'reviewer';
}

/** Shows a page of the desk, with the token its forms need. */
export async function showDesk(
  { house, show }: Room,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  page: Page & {
    name: string;
    /** It shows rows and the time, no state of this process or of others: while no row changed, the session gets it again as it is. */
    isKeepable?: boolean;
    /** The issue whose desk it is. */
    issueId?: number;
  },
): Promise<FastifyReply> {
  const { name, isKeepable = false, isPanes = false, issueId, ...rest } = page;
  const inHand = await showInHand(house.db);
  request.isKeepable = isKeepable;
  return show(reply, name, {
    isPersonal: true,
    isWide: true,
    ...rest,
    ...deskRights(request),
    inHand: inHand && { ...inHand, isHere: inHand.id === issueId },
    isPanes,
    csrf: reply.generateCsrf(),
  });
}

/** The issue that the menu leads to from every page, and where it stands; null without one. */
export async function showInHand(db: Queryable) {
  const issue = await issueInHand(db);
  return issue ? { ...issue, state: stateWords[issue.status], isHere: false } : null;
}
const stateWords = { draft: 'draft', in_review: 'in review', approved: 'approved', scheduled: 'scheduled', sending: '', sent: '' } as const; // prettier-ignore

/** Who is at the desk and what they may do, as its layout shows it. */
export function deskRights({ curator }: FastifyRequest) {
  return {
    curator,
    canEdit: curator !== null && curator.role !== 'reviewer',
    isOwner: curator?.role === 'owner',
  };
}

/** Writes into the audit what a curator did; on the transaction of the change when there is one. */
export function note(db: Queryable, curator: Curator, entry: Omit<AuditEntry, 'actor'>): Promise<void> {
  return recordAudit(db, { ...entry, actor: curator.name });
}

/** What was done to a subject ("issue 7"), newest first, as `desk-history` lists it. */
export async function showHistory({ db, config }: House, subject: string) {
  const entries = await listAudit(db, subject, 20);
  return entries.map(({ actor, at, ...entry }) => ({ actor, at: deskTime(at, config.TIMEZONE), ...tellEntry(entry) }));
}
