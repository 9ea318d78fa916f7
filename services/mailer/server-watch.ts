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

/** Remembers what the server said in this run. */
export function watchServer<Row>({ domainOf }: { domainOf: (row: Row) => string }) {
  const seen = { taken: 0, throttled: 0, deferred: 0, broken: 0 };
  const ofDomain = new Map<string, number>();
  let held: TriedMail<Row>[] = [];

  function take(tried: TriedMail<Row>): ServerVerdict<Row> {
    const settle = [...held, tried];
    held = [];
    Object.assign(seen, { taken: seen.taken + 1, throttled: 0, deferred: 0, broken: 0 });
    ofDomain.delete(domainOf(tried.row));
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
    const times = (ofDomain.get(domain) ?? 0) + 1;
    ofDomain.set(domain, times);
    seen.throttled++;
    const settle = [tried];
    const tookNone = seen.taken === 0;
    if (seen.throttled >= (tookNone ? throttledAtOnce : throttledInARow))
      return { settle, hold: [], wait: why, tookNone };
    // All of one domain in this run may be all there is: then it is the server, as far as anybody can tell.
    const isOne = times >= throttledOfDomain && ofDomain.size < seen.taken;
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
      if (outcome === 'refused' && reason !== 'unwritable') return refuse(tried);
      if (outcome === 'throttled') return throttle(tried);
      if (outcome === 'deferred') return defer(tried);
      return { settle: [tried], hold: [] };
    },
    /** When nothing is left to try: what is still held is about its own mail, unless it is about us and nothing was taken. */
    end(): ServerVerdict<Row> {
      const aboutUs = held.find(({ attempt }) => attempt.reason === 'policy');
      if (seen.taken === 0 && aboutUs) {
        return { settle: [], hold: [], pause: `The mail server took no mail: ${aboutUs.attempt.reply}` };
      }
      return { settle: held, hold: [] };
    },
  };
}

export type ServerWatch<Row> = ReturnType<typeof watchServer<Row>>;

function asThrottled(attempt: Attempt): Attempt {
  return { ...attempt, outcome: 'throttled' };
}
