// A due issue -> one letter to each of its readers, by the ledger.
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import { opensAt, readWindow } from '../../core/mail/send-window.ts';
import { hasUnranked, keepLedger, planDeliveries, suppressStopped } from '../../core/store/deliveries.ts';
import { expireLeases, leaseDeliveries, renewLeases, type LeasedDelivery } from '../../core/store/delivery-leases.ts';
import { holdDeliveries, markDeliveries } from '../../core/store/delivery-marks.ts';
import { approvedIssue, finishSending, startSending, type ApprovedIssue } from '../../core/store/issues.ts';
import { createKnownPicks } from '../../core/store/known-picks.ts';
import { holdServer, slowDomains, slowServer } from '../../core/store/mail-pace.ts';
import { letterLangs, missingParts } from '../../core/store/renders.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { saveSeries } from '../../core/store/written-letters.ts';
import { takeBackApprovals } from '../../core/store/withdrawals.ts';
import { deliver } from './deliver.ts';
import { createInHand } from './in-hand.ts';
import type { MailLedger } from './mail-ledger.ts';
import { heedServer } from './heed-server.ts';
import { openWriting, seriesOfToday } from './open-writing.ts';
import { nameRun } from './name-run.ts';
import { createPace, serverOf } from './pace.ts';
import { pauseFor } from './pause-for.ts';
import { watchServer, type TriedMail } from './server-watch.ts';
import { openTransport } from './transport.ts';
import { createWarmUp } from './warm-up.ts';
import type { Writing } from './write-letters.ts';

/** How many processes send an issue together at most. */
const shards = 4;

/** Sends what is due of an issue; when it is not compiled or ranked yet, enqueues that and leaves it to the next job. */
export function sendIssue(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  return sendShard(house, { issueId, shard: 0 }, stop);
}

/** The same for one of several processes: each takes letters until none is left; shard 0 plans, and enqueues the others. */
export async function sendShard(
  house: House,
  { issueId, shard }: { issueId: number; shard: number },
  stop: AbortSignal,
): Promise<void> {
  const { db, queue, now, log, config } = house;
  if ((await takeBackApprovals(db, now())).includes(issueId)) return;
  const issue = await approvedIssue(db, issueId);
  if (!(await startSending(db, { issueId, now: now() }))) return;
  const { contentHash } = issue;
  const before = issue.sendAt ?? now();
  const slow = await slowServer(db, serverOf(config));
  if (slow?.holdUntil && slow.holdUntil > now()) return;
  if (shard === 0 && (await hasUnranked(db, { issueId, contentHash, before })))
    return queue.enqueue('issue.rank', { issueId });
  const langs = await letterLangs(db, config.SITE_LANGUAGE);
  if ((await missingParts(db, { issueId, contentHash }, langs)).length > 0)
    return queue.enqueue('issue.render', { issueId });
  const started = now();
  if (shard === 0) await plan(house, { issueId, contentHash, before, now: started, stop });
  if (stop.aborted) return;
  try {
    await deliverIssue(house, { issue, shard, stop });
  } finally {
    await suppressStopped(db, { issueId, now: now() });
    await finishSending(db, { issueId, now: now() });
    const counts = await keepLedger(db, { issueId, now: now() });
    log.info({ event: 'issue.mailed', issueId, shard, ...counts, ms: now().getTime() - started.getTime() });
  }
}

async function plan(house: House, planning: Parameters<typeof planDeliveries>[1]): Promise<void> {
  const { db } = house;
  const { issueId, now, stop } = planning;
  const { MAIL_WINDOW, TIMEZONE } = house.config;
  const window = MAIL_WINDOW === undefined ? undefined : readWindow(MAIL_WINDOW);
  await expireLeases(db, { issueId });
  await createWarmUp(house).recount();
  await planDeliveries(db, { ...planning, opensAt: window && ((zone) => opensAt(window, { zone: zone || TIMEZONE, otherwise: TIMEZONE, now })) }); // prettier-ignore
  if (stop.aborted) return;
  await suppressStopped(db, { issueId, now });
  await keepLedger(db, { issueId, now });
  await callOthers(house, issueId);
}

/** Enqueues the other shards; the embedded database has one process, which would only look once more. */
async function callOthers({ config, queue }: House, issueId: number): Promise<void> {
  if (!config.DATABASE_URL) return;
  for (let shard = 1; shard < shards; shard++) await queue.enqueue('issue.send', { issueId, shard });
}

interface Letters {
  issue: ApprovedIssue;
  shard: number;
  writing: Writing;
  isWelcome: boolean;
  stop: AbortSignal;
}

/** Sends what is planned of an issue; a first letter asks nothing yet. */
export async function deliverIssue(
  house: House,
  { issue, shard, stop, isWelcome = false }: Omit<Letters, 'writing' | 'isWelcome'> & { isWelcome?: boolean },
): Promise<void> {
  const { db, now } = house;
  const series = await seriesOfToday(house);
  const asksPairs = !isWelcome && (await loadSettings(db)).asksPairs;
  const writing = await openWriting(house, { issue, seriesId: await saveSeries(db, series), series, now, asksPairs });
  await deliverLetters(house, { issue, shard, writing, isWelcome, stop });
}

const domainOfLetter = ({ email }: LeasedDelivery): string => domainOf(email);

/** Throws TemporaryError when the mail server cannot be used now; pauses the issue when that needs a person. */
async function deliverLetters(house: House, letters: Letters): Promise<void> {
  const { db, config, now } = house;
  const { issue, writing, isWelcome, stop } = letters;
  const heed = heedServer(house, issue.id);
  try {
    const { trouble } = await deliver<LeasedDelivery>({
      ledger: letterLedger(house, letters, (taken) => heed.taken(taken.map(domainOfLetter))),
      write: writing.write,
      transport: openTransport(config),
      pace: createPace(house, 'letter', stop),
      watch: watchServer({ domainOf: domainOfLetter, slowDomains: await slowDomains(db, now()) }),
      domainOf: domainOfLetter,
      onVerdict: (verdict, returned) => heed.verdict(verdict, returned),
      now,
      stop,
    });
    if (!trouble) return;
    if (!trouble.isForAPerson) throw new TemporaryError(trouble.words);
    if (!isWelcome) return await pauseFor(house, { issue, words: trouble.words });
    // An issue that went out is not paused for one letter more; what failed stands at /desk/queues, and nobody knocks every half a minute.
    if (trouble.isUnreachable) await holdServer(db, { server: serverOf(config), why: trouble.words, isAgain: true, now: now() }); // prettier-ignore
    throw new PermanentError(trouble.words);
  } finally {
    await heed.end();
  }
}

/** How old the ledger on the desk is at most while an issue goes out. */
const keepLedgerEveryMs = 15_000;

/** After these the server may have a letter. */
const mayHaveIt = new Set(['submitted', 'unknown']);

function letterLedger(
  house: House,
  { issue: { id: issueId, contentHash }, shard, writing }: Letters,
  onTaken: (taken: LeasedDelivery[]) => void,
): MailLedger<LeasedDelivery> {
  const { db, now } = house;
  const holder = nameRun();
  const inHand = createInHand<LeasedDelivery>();
  const known = createKnownPicks(db);
  const warmUp = createWarmUp(house);
  /** Held, and given back to their day. */
  const held = new Set<number>();
  let keptAt = now().getTime();
  const triedOf = (tried: TriedMail<LeasedDelivery>[]) =>
    tried.map(({ row: { id, attempts, firstTriedAt }, attempt }) => ({
      id,
      attempts,
      firstTriedAt,
      attempt,
      ...writing.writtenFor(id),
    }));
  async function keep(): Promise<void> {
    if (now().getTime() - keptAt < keepLedgerEveryMs) return;
    keptAt = now().getTime();
    // What a process that died had taken is for the others, and so is its shard.
    await expireLeases(db, { issueId });
    await keepLedger(db, { issueId, now: now() });
    if (shard === 0) await callOthers(house, issueId);
  }
  return {
    async lease(wanted) {
      const limit = await warmUp.take(wanted);
      if (limit === 0) return [];
      const leased = inHand.take(await leaseDeliveries(db, { issueId, contentHash, now: now(), limit, holder, known, withInterests: writing.wantsInterests })); // prettier-ignore
      await warmUp.giveBack(limit - leased.length);
      for (const { id } of leased) held.delete(id);
      return leased;
    },
    async renew() {
      await renewLeases(db, { issueId, holder });
      await keep();
    },
    async hold(tried) {
      inHand.letGo(tried.map(({ row }) => row.id));
      await holdDeliveries(db, { holder, now: now(), tried: triedOf(tried) });
      for (const { row } of tried) held.add(row.id);
      await warmUp.giveBack(tried.length);
    },
    async mark({ settles, begins }) {
      inHand.letGo(settles.map(({ row }) => row.id));
      const tried = triedOf(settles);
      const ids = new Set(await markDeliveries(db, { issueId, holder, now: now(), tried, begins: begins.map(({ id }) => id) })); // prettier-ignore
      writing.forget(tried.map(({ id }) => id));
      // What no server took does not count, nor does it twice what was given back when it was held.
      await warmUp.giveBack(settles.filter(({ row, attempt }) => !mayHaveIt.has(attempt.outcome) && !held.delete(row.id)).length); // prettier-ignore
      onTaken(settles.filter(({ attempt }) => attempt.outcome === 'submitted').map(({ row }) => row));
      return new Set(begins.filter(({ id }) => ids.has(id)));
    },
  };
}
