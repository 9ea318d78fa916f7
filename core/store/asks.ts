// Asks: what strangers typed into the public forms, a row each, until the mailer decides what comes of it. Writing one down takes
// the same work for every address, so that its time tells nobody who reads this or works here.
import { sql, type Queryable } from '../db.ts';
import { networkOf } from '../network/network-of.ts';
import type { Amount } from './readers.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** Somebody wants to subscribe this address. */
interface SubscribeAsk {
  kind: 'subscribe';
  email: string;
  detail: { interests: string[]; wishes?: Partial<Amount>; wording: string; form?: string };
}

/** Somebody wants to sign in with this address, in this browser. */
interface SignInAsk {
  kind: 'sign-in';
  email: string;
  detail: { browserHash: string; browser: string };
}

/** A reader wants their letters to go to this address. */
interface AddressChangeAsk {
  kind: 'move';
  email: string;
  detail: { readerId: number };
}

export type NewAsk = (SubscribeAsk | SignInAsk | AddressChangeAsk) & { address: string; at: Date };
/** `network` is null when the address it came from was none. */
export type Ask = (SubscribeAsk | SignInAsk | AddressChangeAsk) & { network: string | null; at: Date };

/** More than this of a kind wait only when somebody floods the forms; a flood of one kind keeps nobody out of the other. */
const mostWaiting = 10_000;
const forgottenMs = dayMs;

/** Writes it down; enqueue `notices.send` afterwards. */
export async function recordAsk(db: Queryable, { kind, email, detail, address, at }: NewAsk): Promise<void> {
  await db.run(sql`
    insert into asks (kind, email, detail, network, at)
    select ${kind}, ${email}, ${toJson(detail)}::jsonb, ${networkOf(address)}, ${at}
    where (select count(*) from asks where kind = ${kind}) < ${mostWaiting}`);
}

/** Lets one process decide at a time, until the transaction ends: what may be sent depends on what was sent before. */
export async function lockAsks(tx: Queryable): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('asks'))`);
}

/** Takes the next ask of these kinds; who wants to sign in waits behind no flood of the others. */
export function takeAsk(tx: Queryable, kinds: readonly Ask['kind'][]): Promise<Ask | undefined> {
  return tx.row<Ask>(sql`
    delete from asks where id = (
      select id from asks where kind = any(${[...kinds]}::text[]) order by kind <> 'sign-in', id limit 1)
    returning kind, email, detail, network, at`);
}

/** Forgets what waited for a day; returns how many. */
export function forgetAsks(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`delete from asks where at < ${new Date(now.getTime() - forgottenMs)} returning id`);
}
