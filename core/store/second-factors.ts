// The second factor of curators: a sealed secret each, when it was used last, and recovery codes.
import { sql, type Queryable } from '../db.ts';

export interface HeldFactor {
  /** Sealed. */
  secret: string;
  confirmedAt: Date | null;
  lastStep: number;
  lockedUntil: Date | null;
}

/** So many wrong codes in a row lock it for so long, in every process: 480 tries a day, of which three codes in a million are right, take two years in the mean. */
const [mostFailures, lockMinutes] = [5, 15];

/** The factor of a curator, locked until the transaction ends: of two requests with one code the second finds it used. */
export function lockFactor(tx: Queryable, curatorId: number): Promise<HeldFactor | undefined> {
  return tx.row<HeldFactor>(sql`
    select secret, confirmed_at, last_step, locked_until from curator_totp where curator_id = ${curatorId} for update`);
}

/** Keeps a secret that is still to be confirmed; 0 when the curator has a confirmed one. */
export function startFactor(
  db: Queryable,
  { curatorId, secret }: { curatorId: number; secret: string },
): Promise<number> {
  return db.run(sql`
    insert into curator_totp (curator_id, secret) values (${curatorId}, ${secret})
    on conflict (curator_id) do update set secret = excluded.secret where curator_totp.confirmed_at is null
    returning curator_id`);
}

/** A code was right: none of its half minute or an earlier one is taken again. */
export async function noteUse(
  tx: Queryable,
  { curatorId, step, at }: { curatorId: number; step: number | null; at: Date },
): Promise<void> {
  await tx.run(sql`
    update curator_totp set confirmed_at = coalesce(confirmed_at, ${at}), last_step = greatest(last_step, coalesce(${step}::bigint, 0)),
      failures = 0, locked_until = null
    where curator_id = ${curatorId}`);
}

/** A code was wrong. Until when no other is taken, where this one was the last that was allowed. */
export async function noteFailure(tx: Queryable, curatorId: number, now: Date): Promise<Date | null> {
  const until = new Date(now.getTime() + lockMinutes * 60_000);
  const row = await tx.row<{ lockedUntil: Date | null }>(sql`
    update curator_totp set failures = (failures + 1) % ${mostFailures}::int,
      locked_until = case when failures + 1 >= ${mostFailures}::int then ${until}::timestamptz else locked_until end
    where curator_id = ${curatorId} returning case when failures = 0 then locked_until end as locked_until`);
  return row?.lockedUntil ?? null;
}

/** Lets codes be tried again at once; 0 when nothing was locked. */
export function unlockFactor(tx: Queryable, { curatorId, now }: { curatorId: number; now: Date }): Promise<number> {
  return tx.run(sql`
    update curator_totp set failures = 0, locked_until = null
    where curator_id = ${curatorId} and locked_until > ${now} returning curator_id`);
}

/** Until when no code is taken, by curator. */
export async function lockedFactors(db: Queryable, now: Date): Promise<Map<number, Date>> {
  const rows = await db.rows<{ curatorId: number; lockedUntil: Date }>(sql`
    select curator_id, locked_until from curator_totp where locked_until > ${now}`);
  return new Map(rows.map(({ curatorId, lockedUntil }) => [curatorId, lockedUntil]));
}

/** Puts new recovery codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Queryable, curatorId: number, hashes: readonly string[]): Promise<void> {
  await tx.run(sql`delete from recovery_codes where curator_id = ${curatorId}`);
  await tx.run(sql`
    insert into recovery_codes (curator_id, code_hash) select ${curatorId}::int, unnest(${[...hashes]}::text[])`);
}

/** Uses a recovery code up; 0 when there is none like it. */
export function takeRecoveryCode(
  tx: Queryable,
  { curatorId, hash, at }: { curatorId: number; hash: string; at: Date },
): Promise<number> {
  return tx.run(sql`
    update recovery_codes set used_at = ${at}
    where curator_id = ${curatorId} and code_hash = ${hash} and used_at is null returning code_hash`);
}

/** Whether the curator has a confirmed factor, a begun one, and how many recovery codes are left. */
export async function factorOf(
  db: Queryable,
  curatorId: number,
): Promise<{ secret: string; isConfirmed: boolean; codesLeft: number } | undefined> {
  return db.row(sql`
    select secret, confirmed_at is not null as is_confirmed,
      (select count(*)::int from recovery_codes where recovery_codes.curator_id = curator_totp.curator_id and used_at is null) as codes_left
    from curator_totp where curator_id = ${curatorId}`);
}

/** The curators who have confirmed one. */
export async function curatorsWithFactor(db: Queryable): Promise<Set<number>> {
  const rows = await db.rows<{ curatorId: number }>(sql`
    select curator_id from curator_totp where confirmed_at is not null`);
  return new Set(rows.map(({ curatorId }) => curatorId));
}

/** Removes the factor with its codes; 0 when there was none. */
export async function removeFactor(tx: Queryable, curatorId: number): Promise<number> {
  await tx.run(sql`delete from recovery_codes where curator_id = ${curatorId}`);
  return tx.run(sql`delete from curator_totp where curator_id = ${curatorId} returning curator_id`);
}
