// A change of a reader's address: asked for on their page, and done when a link in a mail to each of the two was confirmed.
import { sql, type Database, type Queryable } from '../db.ts';
import { hashToken } from '../crypto/one-time-token.ts';
import { lockReader } from './reader-lock.ts';
import { renewToken } from './reader-tokens.ts';
import { recordConsent } from './subscriptions.ts';
import { dayMs } from '../time.ts';

/** Which of the two addresses a mail goes to. */
export type AddressSide = 'old' | 'new';

/** Confirmed within this time, or forgotten. */
const changeDays = 7;

interface AddressChange {
  readerId: number;
  /** Where letters are to go. */
  email: string;
}

/** Notes where a reader's letters are to go, in place of what was noted before. */
export async function requestAddressChange(
  tx: Queryable,
  { readerId, email, at }: AddressChange & { at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into address_changes (reader_id, email, asked_at) values (${readerId}, ${email}, ${at})
    on conflict (reader_id) do update
    set email = excluded.email, asked_at = excluded.asked_at, old_hash = null, new_hash = null, old_at = null, new_at = null`);
}

/** Where the letters of a reader are about to go, and which of the addresses has confirmed; undefined when nowhere else. */
export function changeUnderway(
  db: Queryable,
  { readerId, now }: { readerId: number; now: Date },
): Promise<{ email: string; old: boolean; new: boolean } | undefined> {
  return db.row(sql`
    select email, old_at is not null as old, new_at is not null as new from address_changes
    where reader_id = ${readerId} and asked_at > ${since(now)}`);
}

/** Keeps the hash of the link in the mail to one side; false when the change is no longer wanted. */
export async function keepAddressChangeHash(
  db: Queryable,
  { readerId, email, side, tokenHash }: AddressChange & { side: AddressSide; tokenHash: string },
): Promise<boolean> {
  const column = side === 'old' ? sql`old_hash` : sql`new_hash`;
  return (
    (await db.run(sql`
      update address_changes set ${column} = ${tokenHash}
      where reader_id = ${readerId} and email = ${email} returning reader_id`)) > 0
  );
}

export interface OpenAddressChange extends AddressChange {
  from: string;
  side: AddressSide;
  /** This side has confirmed already. */
  isConfirmed: boolean;
}

/** The change that a mailed link belongs to. */
export function addressChangeByToken(
  db: Queryable,
  { token, now }: { token: string; now: Date },
): Promise<OpenAddressChange | undefined> {
  const hash = hashToken(token);
  return db.row<OpenAddressChange>(sql`
    select reader_id, address_changes.email, readers.email as from, case when old_hash = ${hash} then 'old' else 'new' end as side,
      case when old_hash = ${hash} then old_at else new_at end is not null as is_confirmed
    from address_changes join readers on readers.id = reader_id
    where (old_hash = ${hash} or new_hash = ${hash}) and asked_at > ${since(now)}`);
}

export type AddressChangeResult = 'waiting' | 'moved' | 'taken' | 'gone';

/**
 * Confirms one side. With both, letters go to the new address, and the links of all mails so far end with the old one.
 * `taken`: another reader has the new address, or no mail may go there.
 */
export function confirmAddressChange(
  db: Database,
  { token, wording, address, at }: { token: string; wording: string; address: string | null; at: Date },
): Promise<AddressChangeResult> {
  return db
    .transaction(async (tx): Promise<AddressChangeResult> => {
      const found = await addressChangeByToken(tx, { token, now: at });
      if (!found) return 'gone';
      const { readerId, email, side } = found;
      await lockReader(tx, readerId);
      const column = side === 'old' ? sql`old_at` : sql`new_at`;
      const row = await tx.row<{ isWhole: boolean }>(sql`
      update address_changes set ${column} = coalesce(${column}, ${at}) where reader_id = ${readerId} and email = ${email}
      returning old_at is not null and new_at is not null as is_whole`);
      if (!row) return 'gone';
      if (!row.isWhole) return 'waiting';
      // Who asked for letters at the new address and never confirmed is the same person now, or nobody.
      await tx.run(sql`delete from readers where email = ${email} and id <> ${readerId} and status = 'pending'`);
      const moved = await tx.run(sql`
      update readers set email = ${email}, changed_at = ${at} where id = ${readerId}
        and not exists (select 1 from readers as other where other.email = ${email} and other.id <> ${readerId})
        and not exists (select 1 from suppressions where suppressions.email = ${email}) returning id`);
      if (moved === 0) return 'taken';
      await tx.run(sql`delete from address_changes where reader_id = ${readerId}`);
      await recordConsent(tx, { readerId, event: 'moved', wording, address, at });
      await renewToken(tx, { readerId, why: 'renewed', at });
      return 'moved' as const;
    })
    .catch(takenMeanwhile);
}

/** PostgreSQL's unique_violation: somebody else got the address between the look and the update. */
function takenMeanwhile(error: unknown): 'taken' {
  if (error instanceof Error && 'code' in error && error.code === '23505') return 'taken';
  throw error;
}

/** Forgets changes that nobody confirmed in time; returns how many. */
export function forgetAddressChanges(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`delete from address_changes where asked_at <= ${since(now)} returning reader_id`);
}

function since(now: Date): Date {
  return new Date(now.getTime() - changeDays * dayMs);
}
