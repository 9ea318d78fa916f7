// What came of one mail after another -> what is to be done about the server as a whole; pure but for what it remembers.
import type { Attempt } from '../../core/store/mail-attempts.ts';

export interface TriedMail<Row> {
  row: Row;
  attempt: Attempt;
}

/** What to do after one more answer. */
export interface ServerVerdict<Row> {
  /** What may be written down for good. */
  settle: TriedMail<Row>[];
  /** Refusals that wait for the next answers: they may be about us. They stay planned meanwhile. */
  hold: TriedMail<Row>[];
  /** The server wants less. */
  slow?: string;
  /** This domain's server wants less; others go on. */
  slowDomain?: { domain: string; why: string };
  /** Nothing more is tried now, in these words. */
  wait?: string;
  /** Whether it took nothing in this run; only where it said that it wants less. */
  tookNone?: boolean;
  /** A person has to look, in these words. */
  pause?: string;
}

/** Refusals about us in a row, with no mail taken between them: what so many meet is not about any of them. */
const refusalsInARow = 5;
/** "No such mailbox" in a row; old lists have a few. */
const lostMailboxesInARow = 25;
/** Requests for less in a row at which the pace is halved: what is under way already says nothing of the new pace. */
const halvedAt = [1, 4, 8];
/** So many in a row, and the server takes nothing at all now: a quota of an hour or a day is used up. */
const throttledInARow = 16;
/** In a run in which it took nothing yet there is no pace to find. */
const throttledAtOnce = 4;
/** A few of one domain, while the others are taken. */
const throttledOfDomain = 3;
/** Deferrals, or broken conversations, of different mails in a row are no longer about these mails. */
const deferredInARow = 5;

interface Watching<Row> {
  domainOf: (row: Row) => string;
  /** Domains known to want less than the server gives: what they say is not about it, though nothing else is left to send. */
  slowDomains?: readonly string[];
  /** Whether "no such mailbox" is believed at once: of what strangers typed into a form, five or fifty in a row say nothing of us. */
  isTyped?: boolean;
}

/** Remembers what the server said in this run. */
export function watchServer<Row>({ domainOf, slowDomains = [], isTyped = false }: Watching<Row>) {
  const seen = { taken: 0, throttled: 0, deferred: 0, broken: 0 };
  const domains = watchDomains(slowDomains);
  let held: TriedMail<Row>[] = [];

  function take(tried: TriedMail<Row>): ServerVerdict<Row> {
    const settle = [...held, tried];
    held = [];
    Object.assign(seen, { taken: seen.taken + 1, throttled: 0, deferred: 0, broken: 0 });
    domains.took(domainOf(tried.row));
    return { settle, hold: [] };
  }

  function refuse(tried: TriedMail<Row>): ServerVerdict<Row> {
    held.push(tried);
    const isAboutUs = held.filter(({ attempt }) => attempt.reason !== 'mailbox').length >= refusalsInARow;
    if (!isAboutUs && held.length < lostMailboxesInARow) return { settle: [], hold: [tried] };
    const words = `The mail server refused ${held.length} mails in a row: ${tried.attempt.reply}`;
    held = [];
    return { settle: [], hold: [tried], pause: words };
  }

  function throttle(tried: TriedMail<Row>): ServerVerdict<Row> {
    const why = tried.attempt.reply;
    const domain = domainOf(tried.row);
    const settle = [tried];
    if (domains.isSlow(domain)) return { settle, hold: [], slowDomain: { domain, why } };
    const isOne = domains.throttled(domain, seen.taken);
    seen.throttled++;
    const tookNone = seen.taken === 0;
    if (seen.throttled >= (tookNone ? throttledAtOnce : throttledInARow))
      return { settle, hold: [], wait: why, tookNone };
    if (isOne) return { settle, hold: [], slowDomain: { domain, why } };
    return { settle, hold: [], ...(!tookNone && halvedAt.includes(seen.throttled) && { slow: why }) };
  }

  function defer({ row, attempt }: TriedMail<Row>): ServerVerdict<Row> {
    const isBroken = attempt.reason === 'connection';
    seen.broken = isBroken ? seen.broken + 1 : 0;
    seen.deferred++;
    if (seen.broken >= deferredInARow)
      return { settle: [{ row, attempt: asThrottled(attempt) }], hold: [], wait: attempt.reply };
    if (seen.deferred < deferredInARow) return { settle: [{ row, attempt }], hold: [] };
    return throttle({ row, attempt: asThrottled(attempt) });
  }

  return {
    note(tried: TriedMail<Row>): ServerVerdict<Row> {
      const { outcome, reason } = tried.attempt;
      if (outcome === 'submitted') return take(tried);
      const isSure = reason === 'unwritable' || (isTyped && reason === 'mailbox');
      if (outcome === 'refused' && !isSure) return refuse(tried);
      if (outcome === 'throttled') return throttle(tried);
      if (outcome === 'deferred') return defer(tried);
      return { settle: [tried], hold: [] };
    },
    /** When nothing is left to try: what is still held is about its own mail, unless nothing was taken and it is about us, or so many that it may be. */
    end(): ServerVerdict<Row> {
      const aboutUs = held.find(({ attempt }) => attempt.reason === 'policy') ?? held[refusalsInARow - 1];
      if (seen.taken === 0 && aboutUs) {
        return { settle: [], hold: [], pause: `The mail server took no mail: ${aboutUs.attempt.reply}` };
      }
      return { settle: held, hold: [] };
    },
  };
}

/** Which domains want less than the server gives. */
function watchDomains(known: readonly string[]) {
  const slow = new Set(known);
  const times = new Map<string, number>();
  return {
    isSlow: (domain: string): boolean => slow.has(domain),
    took: (domain: string): void => void times.delete(domain),
    /** Whether it is this domain, and not the server: all of one domain in a run may be all there is, as far as anybody can tell. */
    throttled(domain: string, taken: number): boolean {
      const count = (times.get(domain) ?? 0) + 1;
      times.set(domain, count);
      const isOne = count >= throttledOfDomain && times.size < taken;
      if (isOne) slow.add(domain);
      return isOne;
    },
  };
}

export type ServerWatch<Row> = ReturnType<typeof watchServer<Row>>;

function asThrottled(attempt: Attempt): Attempt {
  return { ...attempt, outcome: 'throttled' };
}
