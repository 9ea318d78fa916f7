// How a subscription begins and ends, and the record of what was agreed to: asked -> confirmed -> unsubscribed -> resubscribed.
import { sql, type Database, type Queryable, type Transactional } from '../db.ts';
import { networkOf } from '../network/network-of.ts';
import { insertInterests, maxInterests } from './interests.ts';
import { lockReader } from './reader-lock.ts';
import { renewToken, restoreToken } from './reader-tokens.ts';
import { newToken, readerByEmail, setAmount, type Amount } from './readers.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** What a reader did about their consent, the words they saw, and from which network they did it. */
export interface Consent {
  readerId: number;
  event: 'asked' | 'confirmed' | 'unsubscribed' | 'resubscribed' | 'moved';
  wording: string;
  /** The form of the site and its version; null where it was none. */
  form?: string | null;
  /** An IP address; only its network is kept. Null when it was none. */
  address?: string | null;
  at: Date;
}

/** A form that was sent: who is said to have asked, and for what. */
export interface Request {
  email: string;
  interests: string[];
  /** How much and how often, as far as it was said. */
  wishes?: Partial<Amount>;
  wording: string;
  /** The form of the site and its version; left out where it was none. */
  form?: string;
  address: string | null;
  at: Date;
}

/** A request that nobody confirmed within this time is forgotten, and its link with it. */
const requestDays = 30;

/** The earliest moment from which a request still counts. */
export function requestsSince(now: Date): Date {
  return new Date(now.getTime() - requestDays * dayMs);
}

/** Whether mail may go to this address at all, with a reader or without. */
export async function mayReceive(db: Queryable, email: string): Promise<boolean> {
  const refused = await db.row(sql`
    select 1 from suppressions where email = ${email}
    union all select 1 from readers where email = ${email} and status in ('bounced', 'complained')`);
  return refused === undefined;
}

/** Writes the request down, for a reader who is created when there is none of this address; nothing else changes. */
export async function recordRequest(tx: Queryable, { email, at, ...request }: Request): Promise<void> {
  await tx.run(sql`
    insert into readers (email, token, created_at, changed_at)
    values (${email}, ${newToken()}, ${at}, ${at}) on conflict (email) do nothing`);
  const reader = (await readerByEmail(tx, email))!;
  await recordConsent(tx, { readerId: reader.id, event: 'asked', at, ...request });
}

/** Keeps what was typed with a request that is asked once more: nothing is lost, and no second row is written. */
export async function addToRequest(
  tx: Queryable,
  { email, interests, wishes = {} }: Pick<Request, 'email' | 'interests' | 'wishes'>,
): Promise<void> {
  await tx.run(sql`
    update consents set interests = array(
      select words from unnest(interests || ${interests}::text[]) with ordinality as all_words(words, place)
      group by words order by min(place) limit ${maxInterests}), wishes = wishes || ${toJson(wishes)}::jsonb
    where id = (
      select consents.id from consents join readers on readers.id = reader_id
      where email = ${email} and event = 'asked' order by consents.id desc limit 1)`);
}

/** What was typed with the requests of a reader that still count and were not confirmed yet. */
export async function requestedInterests(
  db: Queryable,
  { readerId, now }: { readerId: number; now: Date },
): Promise<string[]> {
  const rows = await db.rows<{ interests: string[] }>(sql`
    select interests from consents
    where reader_id = ${readerId} and event = 'asked' and interests <> '{}' and at > ${requestsSince(now)} order by id`);
  return [...new Set(rows.flatMap(({ interests }) => interests))].slice(0, maxInterests);
}

/** How much and how often was asked for last, and is not confirmed yet. */
export async function requestedAmount(
  db: Queryable,
  { readerId, now }: { readerId: number; now: Date },
): Promise<Partial<Amount>> {
  const row = await db.row<{ wishes: Partial<Amount> }>(sql`
    select wishes from consents
    where reader_id = ${readerId} and event = 'asked' and wishes <> '{}' and at > ${requestsSince(now)} order by id desc limit 1`);
  return row?.wishes ?? {};
}

/**
 * Confirms what was asked for within `requestDays`: who is no reader becomes an active one, and what was typed with the
 * request is added. False when there was no such request, or when no mail may go to the address.
 */
export function confirmReader(db: Database, consent: Omit<Consent, 'event'>): Promise<boolean> {
  const { readerId, at } = consent;
  return db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    const changed = await tx.run(sql`
      update readers set status = 'active', confirmed_at = coalesce(confirmed_at, ${at}), changed_at = ${at}
      where id = ${readerId} and status in ('pending', 'unsubscribed')
        and not exists (select 1 from suppressions where suppressions.email = readers.email)
        and exists (select 1 from consents where reader_id = readers.id and event = 'asked' and at > ${requestsSince(at)})
      returning id`);
    if (changed > 0) {
      await recordConsent(tx, { ...consent, event: 'confirmed' });
      await setAmount(tx, readerId, { ...(await requestedAmount(tx, { readerId, now: at })), at });
    }
    const known = await tx.row(sql`select 1 from readers where id = ${readerId} and status in ('active', 'paused')`);
    if (!known) return false;
    await insertInterests(tx, readerId, await requestedInterests(tx, { readerId, now: at }));
    await tx.run(sql`
      update consents set interests = '{}', wishes = '{}' where reader_id = ${readerId} and (interests <> '{}' or wishes <> '{}')`);
    return changed > 0;
  });
}

/**
 * Takes an unsubscription back, for somebody who had confirmed before, and the end of the links in their mails with it; returns the token
 * of their links, null when nothing changed.
 */
export function resubscribeReader(db: Database, consent: Omit<Consent, 'event'>): Promise<string | null> {
  const { readerId, at } = consent;
  return db.transaction(async (tx) => {
    const changed = await tx.run(sql`
      update readers set status = 'active', changed_at = ${at}
      where id = ${readerId} and status = 'unsubscribed' and confirmed_at is not null
        and not exists (select 1 from suppressions where suppressions.email = readers.email) returning id`);
    if (changed === 0) return null;
    await recordConsent(tx, { ...consent, event: 'resubscribed' });
    return restoreToken(tx, { readerId, at });
  });
}

/**
 * Ends the subscription at once, whatever its state, and the links in every mail so far with it; true when that changed
 * anything.
 */
export function unsubscribeReader(db: Transactional, consent: Omit<Consent, 'event'>): Promise<boolean> {
  return db.transaction((tx) => endSubscription(tx, consent));
}

/** The same within a transaction. */
export async function endSubscription(tx: Queryable, consent: Omit<Consent, 'event'>): Promise<boolean> {
  const { readerId, at } = consent;
  const changed = await tx.run(sql`
    update readers set status = 'unsubscribed', changed_at = ${at}
    where id = ${readerId} and status in ('pending', 'active', 'paused') returning id`);
  if (changed === 0) return false;
  await recordConsent(tx, { ...consent, event: 'unsubscribed' });
  await renewToken(tx, { readerId, why: 'left', at });
  return true;
}

/** Forgets who was asked `requestDays` ago and never confirmed; returns how many. */
export function forgetUnconfirmed(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`
    delete from readers where status = 'pending' and created_at < ${requestsSince(now)} and not exists (
      select 1 from consents where reader_id = readers.id and at >= ${requestsSince(now)}) returning id`);
}

/** The consent record of a reader, oldest first; `address` is the network. */
export function listConsents(db: Queryable, readerId: number): Promise<Consent[]> {
  return db.rows<Consent>(sql`
    select reader_id, event, wording, form, address, at from consents where reader_id = ${readerId} order by id`);
}

/** Keeps what a reader agreed to, within a transaction. */
export async function recordConsent(
  tx: Queryable,
  consent: Consent & { interests?: string[]; wishes?: Partial<Amount> },
): Promise<void> {
  const { readerId, event, wording, form = null, address, at, interests = [], wishes = {} } = consent;
  await tx.run(sql`
    insert into consents (reader_id, event, wording, form, address, at, interests, wishes)
    values (${readerId}, ${event}, ${wording}, ${form}, ${address ? networkOf(address) : null}, ${at}, ${interests}, ${toJson(wishes)}::jsonb)`);
}
