// Sessions: browsers in which a curator is signed in, and the mailed links that begin one.
import { prepared, sql, type Database, type Transactional, type Queryable } from '../db.ts';
import { networkOf } from '../network/network-of.ts';
import type { Curator } from './curators.ts';
import { seenTransactions } from './database-state.ts';
import { dayMs } from '../time.ts';

/** How long a session lasts. */
export const sessionDays = 7;
/** How long an ended one is remembered: by it a browser is known. */
const keptDays = 30;
/** A new link ends the oldest beyond these. */
const openLinks = 3;

export interface Session {
  id: number;
  /** "Firefox on Linux" */
  browser: string;
  /** "192.0.2.0/24" */
  network: string | null;
  createdAt: Date;
}

export interface NewLink {
  tokenHash: string;
  curatorId: number;
  expiresAt: Date;
  now: Date;
  /** The browser that asked; without it the link is good in any. */
  browserHash?: string | undefined;
  askedBy?: string | undefined;
  /** The mail that brings it. */
  noticeId?: number | undefined;
}

/** A link that still opens, and who asked for it. */
export interface OpenLink {
  browserHash: string | null;
  askedBy: string | null;
}

/** A browser as it comes in; `tokenHash` is of what its cookie will hold. */
export interface NewSession {
  tokenHash: string;
  browser: string;
  browserHash: string | null;
  address: string;
  now: Date;
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMs);
const curatorColumns = sql`curators.id, curators.email, curators.name, curators.role`;
const isOpen = (now: Date) => sql`used_at is null and expires_at > ${now}
  and sign_ins.generation = (select generation from curators where curators.id = curator_id)`;

/** Keeps the hash of a sign-in link. A mail that is written again ends its link before; of others the newest three stay. */
export function addLink(db: Database, link: NewLink): Promise<void> {
  const { tokenHash, curatorId, expiresAt, now, browserHash, askedBy, noticeId } = link;
  return db.transaction(async (tx) => {
    await tx.row(sql`select 1 from curators where id = ${curatorId} for update`);
    await tx.run(sql`delete from sign_ins where expires_at < ${daysBefore(now, 1)}`);
    await tx.run(sql`delete from sign_ins where notice_id = ${noticeId ?? null}`);
    await tx.run(sql`
      insert into sign_ins (token_hash, curator_id, expires_at, generation, browser_hash, asked_by, notice_id)
      select ${tokenHash}, id, ${expiresAt}, generation, ${browserHash ?? null}, ${askedBy ?? null}, ${noticeId ?? null}
      from curators where id = ${curatorId}`);
    await tx.run(sql`
      delete from sign_ins where token_hash in (
        select token_hash from sign_ins where curator_id = ${curatorId} and ${isOpen(now)}
        order by expires_at desc, notice_id desc nulls first offset ${openLinks})`);
  });
}

/** The link with this hash when it still opens. */
export function openLink(db: Queryable, tokenHash: string, now: Date): Promise<OpenLink | undefined> {
  return db.row<OpenLink>(sql`
    select browser_hash, asked_by from sign_ins where token_hash = ${tokenHash} and ${isOpen(now)}`);
}

/** Uses a link up, ends the others of its curator, and begins a session; undefined when it does not open any more. */
export function takeLink(
  db: Transactional,
  linkHash: string,
  session: NewSession,
): Promise<(Curator & { needsCode: boolean }) | undefined> {
  const { now } = session;
  return db.transaction(async (tx) => {
    const taken = await tx.row<{ curatorId: number }>(sql`
      update sign_ins set used_at = ${now} where token_hash = ${linkHash} and ${isOpen(now)} returning curator_id`);
    if (!taken) return undefined;
    await tx.run(sql`delete from sign_ins where curator_id = ${taken.curatorId} and used_at is null`);
    return beginSession(tx, taken.curatorId, session);
  });
}

/** Begins a session for a curator who just proved who they are. */
export async function beginSession(
  tx: Queryable,
  curatorId: number,
  session: NewSession,
): Promise<(Curator & { needsCode: boolean }) | undefined> {
  const { tokenHash, browser, browserHash, address, now } = session;
  await tx.run(sql`delete from sessions where created_at < ${daysBefore(now, keptDays)}`);
  return tx.row<Curator & { needsCode: boolean }>(sql`
    with begun as (
      insert into sessions (token_hash, curator_id, generation, browser, browser_hash, network, created_at, needs_code)
      select ${tokenHash}, id, generation, ${browser}, ${browserHash}, ${networkOf(address)}, ${now},
        exists (select 1 from curator_totp where curator_id = curators.id and confirmed_at is not null)
      from curators where id = ${curatorId} returning curator_id, needs_code)
    select ${curatorColumns}, needs_code from curators join begun on begun.curator_id = curators.id`);
}

const isBegun = (now: Date, days: number) => sql`ended_at is null and sessions.created_at > ${daysBefore(now, days)}
  and sessions.generation = curators.generation`;
const isLive = (now: Date) => sql`not needs_code and ${isBegun(now, sessionDays)}`;
/** Ten minutes. */
const codeDays = 10 / 1440;

/** The session with this hash that waits for the code of a second factor. */
export async function waitingSession(
  db: Queryable,
  tokenHash: string,
  now: Date,
): Promise<{ curator: Curator; sessionId: number } | undefined> {
  const row = await db.row<Curator & { sessionId: number }>(sql`
    select ${curatorColumns}, sessions.id as session_id from sessions join curators on curators.id = curator_id
    where token_hash = ${tokenHash} and needs_code and ${isBegun(now, codeDays)}`);
  if (!row) return undefined;
  const { sessionId, ...curator } = row;
  return { curator, sessionId };
}

/** The code was right: the session is open. */
export async function completeSession(tx: Queryable, sessionId: number): Promise<void> {
  await tx.run(sql`update sessions set needs_code = false where id = ${sessionId}`);
}

/** Who is at the desk in the session with this hash, its id, and the state of the database then; undefined when it ended. */
export async function curatorInSession(
  db: Queryable,
  tokenHash: string,
  now: Date,
): Promise<{ curator: Curator; sessionId: number; state: string; lacksFactor: boolean } | undefined> {
  const row = await db.row<Curator & { sessionId: number; state: string; lacksFactor: boolean }>(prepared`
    select ${curatorColumns}, sessions.id as session_id, ${seenTransactions} as state,
      exists (select 1 from settings where name = 'requireSecondFactor' and value = 'true') and not exists (
        select 1 from curator_totp where curator_totp.curator_id = curators.id and confirmed_at is not null) as lacks_factor
    from sessions join curators on curators.id = curator_id
    where token_hash = ${tokenHash} and ${isLive(now)}`);
  if (!row) return undefined;
  const { sessionId, state, lacksFactor, ...curator } = row;
  return { curator, sessionId, state, lacksFactor };
}

/** The sessions of a curator that last, newest first. */
export function listSessions(db: Queryable, curatorId: number, now: Date): Promise<Session[]> {
  return db.rows<Session>(sql`
    select sessions.id, browser, network, sessions.created_at from sessions join curators on curators.id = curator_id
    where curator_id = ${curatorId} and ${isLive(now)} order by sessions.created_at desc, sessions.id desc`);
}

/** Ends one session of this curator; 0 when they have none with this id. */
export function endSession(
  db: Queryable,
  { sessionId, curatorId, now }: { sessionId: number; curatorId: number; now: Date },
): Promise<number> {
  return db.run(sql`
    update sessions set ended_at = ${now}
    where id = ${sessionId} and curator_id = ${curatorId} and ended_at is null returning id`);
}

/** Ends the other sessions of a curator: those that began before a second factor was asked for. */
export async function endOtherSessions(
  db: Queryable,
  { curatorId, sessionId, now }: { curatorId: number; sessionId: number; now: Date },
): Promise<void> {
  await db.run(sql`
    update sessions set ended_at = ${now} where curator_id = ${curatorId} and id <> ${sessionId} and ended_at is null`);
}

/** Ends every session of a curator, and every sign-in link that is still open. */
export async function endSessions(db: Queryable, curatorId: number): Promise<void> {
  await db.run(sql`update curators set generation = generation + 1 where id = ${curatorId}`);
}

/** Whether the curator was signed in in this browser lately. */
export async function isKnownBrowser(
  db: Queryable,
  { curatorId, browserHash }: { curatorId: number; browserHash: string },
): Promise<boolean> {
  const row = await db.row(sql`
    select 1 from sessions where curator_id = ${curatorId} and browser_hash = ${browserHash} and not needs_code limit 1`);
  return row !== undefined;
}
