// What strangers typed into the public forms -> readers who are asked, and mails that are planned; or nothing, which nobody is told.
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { forgetAsks, lockAsks, takeAsk, type Ask } from '../../core/store/asks.ts';
import { curatorByEmail } from '../../core/store/curators.ts';
import { forgetAddressChanges, requestAddressChange } from '../../core/store/address-changes.ts';
import { countNotices, noticesTo, planNotice } from '../../core/store/notices.ts';
import { readerByEmail, readerById, resumeDue } from '../../core/store/readers.ts';
import { isKnownBrowser } from '../../core/store/sessions.ts';
import {
  addToRequest,
  forgetUnconfirmed,
  listConsents,
  mayReceive,
  recordRequest,
  requestsSince,
} from '../../core/store/subscriptions.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A mailbox that confirms nothing is written to at once, an hour and a day later, then not before its first request is forgotten. */
const pausesMs = [0, hourMs, dayMs];
/** Sign-in mails to one curator from browsers that are not theirs: as many as anybody needs who waits for a slow one. */
const signInsAnHour = 6;
const signInsADay = 12;
/** Mails to the address that a reader has, whatever is typed for the new one. */
const movesAMonth = 6;
/** A day may bring this many times what an hour may. */
const hoursOfADay = 5;

/** Takes every ask there is, one after another over all processes; forgets what is too old to count. */
export async function takeAsks(house: House, stop: AbortSignal): Promise<void> {
  const { db, log, now } = house;
  const forgotten = await forgetAsks(db, now());
  const unconfirmed = await forgetUnconfirmed(db, now());
  const moves = await forgetAddressChanges(db, now());
  if (forgotten + unconfirmed + moves > 0) log.info({ event: 'asks.forgotten', forgotten, unconfirmed, moves });
  const resumed = await resumeDue(db, now());
  if (resumed > 0) log.info({ event: 'readers.resumed', resumed });
  while (!stop.aborted && (await takeNext(house))) continue;
}

/** True when there was one. Each is its own transaction: what a process dies over is taken by the next one. */
function takeNext({ config, db, log, now }: House): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockAsks(tx);
    const isFull = await isCeilingReached(tx, { anHour: config.CONFIRMATIONS_PER_HOUR, now: now() });
    const ask = await takeAsk(tx, isFull ? ['sign-in'] : ['sign-in', 'subscribe', 'move']);
    if (isFull && !ask) log.warn({ event: 'asks.waiting', anHour: config.CONFIRMATIONS_PER_HOUR });
    if (!ask) return false;
    const planned = await decide(tx, ask, now());
    log.debug({ event: 'ask.taken', kind: ask.kind, planned });
    return true;
  });
}

function decide(tx: Queryable, ask: Ask, now: Date): Promise<boolean> {
  if (ask.kind === 'subscribe') return subscribe(tx, ask, now);
  return ask.kind === 'move' ? move(tx, ask, now) : signIn(tx, ask, now);
}

async function isCeilingReached(tx: Queryable, { anHour, now }: { anHour: number; now: Date }): Promise<boolean> {
  const planned = (ms: number): Promise<number> =>
    countNotices(tx, { kind: 'confirm', since: new Date(now.getTime() - ms) });
  return (await planned(hourMs)) >= anHour || (await planned(dayMs)) >= anHour * hoursOfADay;
}

async function subscribe(tx: Queryable, ask: Ask & { kind: 'subscribe' }, now: Date): Promise<boolean> {
  const { email, detail, network, at } = ask;
  if (!(await mayReceive(tx, email))) return false;
  const reader = await readerByEmail(tx, email);
  const last = reader ? (await listConsents(tx, reader.id)).findLast(({ event }) => event !== 'asked') : undefined;
  const since = [requestsSince(now), last?.at].filter((one) => one !== undefined).toSorted((a, b) => Number(b) - Number(a))[0]!; // prettier-ignore
  const sent = await noticesTo(tx, { kind: 'confirm', email, since });
  if (!mayWriteAgain(sent, now)) {
    await addToRequest(tx, { email, ...detail });
    return false;
  }
  await recordRequest(tx, { email, ...detail, address: network, at });
  const { lang } = detail.wishes ?? {};
  await planNotice(tx, { kind: 'confirm', email, detail: lang ? { lang } : {}, at: now });
  return true;
}

/** Mails both addresses; a mailbox that answers nothing is written to as seldom as one that is subscribed by strangers. */
async function move(tx: Queryable, { email, detail, at }: Ask & { kind: 'move' }, now: Date): Promise<boolean> {
  const { readerId } = detail;
  const reader = await readerById(tx, readerId);
  if (!reader || !(await mayReceive(tx, email))) return false;
  const sent = await noticesTo(tx, { kind: 'address-new', email, since: requestsSince(now) });
  const own = await noticesTo(tx, { kind: 'address-old', email: reader.email, since: requestsSince(now) });
  if (!mayWriteAgain(sent, now) || own.length >= movesAMonth) return false;
  await requestAddressChange(tx, { readerId, email, at });
  const about = { readerId, moveTo: email };
  await planNotice(tx, { kind: 'address-old', email: reader.email, detail: about, at: now });
  await planNotice(tx, { kind: 'address-new', email, detail: about, at: now });
  return true;
}

/** Whether one more mail may go after those that went (newest first) and were not answered. */
function mayWriteAgain(sent: readonly Date[], now: Date): boolean {
  const pauseMs = pausesMs[sent.length];
  return pauseMs !== undefined && now.getTime() - (sent[0]?.getTime() ?? -Infinity) >= pauseMs;
}

async function signIn(
  tx: Queryable,
  { email, detail, network }: Ask & { kind: 'sign-in' },
  now: Date,
): Promise<boolean> {
  const curator = await curatorByEmail(tx, email);
  if (!curator) return false;
  const { browserHash, browser } = detail;
  // Counted apart: strangers who use up what may be sent must not keep a curator out of their own browser.
  const isKnown = await isKnownBrowser(tx, { curatorId: curator.id, browserHash });
  const sent = await noticesTo(tx, { kind: 'sign-in', email, since: new Date(now.getTime() - dayMs), isKnown });
  const lastHour = sent.filter((one) => now.getTime() - one.getTime() < hourMs);
  if (sent.length >= signInsADay || lastHour.length >= signInsAnHour) return false;
  const askedBy = network ? `${browser}, from ${network}` : browser;
  await planNotice(tx, { kind: 'sign-in', email: curator.email, detail: { browserHash, askedBy, isKnown }, at: now });
  return true;
}
