// Curators: people with a login, their one-time sign-in links, and the record of what they did.
import { prepared, sql, type Queryable } from '../db.ts';
import { PermanentError } from '../errors.ts';
import { toJson } from '../storable.ts';

export const roles = ['owner', 'editor', 'reviewer'] as const;
export type Role = (typeof roles)[number];

export interface Curator {
  id: number;
  email: string;
  name: string;
  role: Role;
}

/** One change made on the desk: who, what, to what, and how it was before and after. */
export interface AuditEntry {
  /** The name they had then, so that it still says who when they are gone. */
  actor: string;
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
  at: Date;
}

const columns = sql`id, email, name, role`;

/** Adds a curator, or returns the one who has this address already, unchanged. */
export async function addCurator(db: Queryable, { email, name, role }: Omit<Curator, 'id'>): Promise<Curator> {
  const row = await db.row<Curator>(sql`
    insert into curators (email, name, role) values (${email.toLowerCase()}, ${name}, ${role})
    on conflict (email) do update set email = curators.email returning ${columns}`);
  return row!;
}

/** The curator with this id, or undefined. */
export function curatorById(db: Queryable, id: number): Promise<Curator | undefined> {
  return db.row<Curator>(sql`select ${columns} from curators where id = ${id}`);
}

/** The curator with this address, or undefined. */
export function curatorByEmail(db: Queryable, email: string): Promise<Curator | undefined> {
  return db.row<Curator>(sql`select ${columns} from curators where email = ${email.toLowerCase()}`);
}

/** Everybody with a login: owners, then editors, then reviewers, in the order they came. */
export function listCurators(db: Queryable): Promise<Curator[]> {
  return db.rows<Curator>(sql`
    select ${columns} from curators order by array_position(${[...roles]}::text[], role), id`);
}

/**
 * Lets one change of curators happen at a time, until the transaction ends, and returns who is a curator then. What a
 * request knew of them before may have changed while it waited.
 */
export async function lockCurators(tx: Queryable): Promise<Curator[]> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('curators'))`);
  return listCurators(tx);
}

/** Gives a curator another role, which ends their sessions; throws PermanentError when nobody would be an owner any more. */
export async function setCuratorRole(tx: Queryable, curatorId: number, role: Role): Promise<void> {
  if (role !== 'owner') await keepAnOwner(tx, curatorId);
  await tx.run(sql`
    update curators set role = ${role}, generation = generation + 1 where id = ${curatorId} and role <> ${role}`);
}

/** Removes a curator with their sign-in links; throws PermanentError when nobody would be an owner any more. */
export async function removeCurator(tx: Queryable, curatorId: number): Promise<void> {
  await keepAnOwner(tx, curatorId);
  await tx.run(sql`delete from curators where id = ${curatorId}`);
}

/** Locks the owners until the transaction ends, so that two of them cannot remove each other at the same time. */
async function keepAnOwner(tx: Queryable, leaving: number): Promise<void> {
  const owners = await tx.rows<Pick<Curator, 'id' | 'name'>>(sql`
    select id, name from curators where role = 'owner' order by id for update`);
  const [owner, ...others] = owners;
  if (owner?.id === leaving && others.length === 0) {
    throw new PermanentError(
      `${owner.name} is the only owner, and a desk needs one; make another curator an owner first`,
    );
  }
}

/** Writes one line of the audit. */
export async function recordAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  await db.run(sql`
    insert into audit (actor, action, subject, before, after, at)
    values (${entry.actor}, ${entry.action}, ${entry.subject}, ${jsonOf(entry.before)}::jsonb,
      ${jsonOf(entry.after)}::jsonb, ${entry.at})`);
}

/** The newest lines of the audit about a subject ("issue 7"), newest first. */
export function listAudit(db: Queryable, subject: string, limit = 50): Promise<AuditEntry[]> {
  return db.rows<AuditEntry>(prepared`
    select actor, action, subject, before, after, at from audit
    where subject = ${subject} order by id desc limit ${limit}`);
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : toJson(value);
}
