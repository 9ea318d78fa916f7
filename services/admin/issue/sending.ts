// How an issue goes out, as its desk shows it: how quickly, what slows it down, what did not arrive; and the forms for it.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { House } from '../../../core/house.ts';
import { keepLedger, keptLedger } from '../../../core/store/deliveries.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { countReports, type ReportKind } from '../../../core/store/mail-reports.ts';
import { takenOfDay } from '../../../core/store/mail-days.ts';
import { slowServer } from '../../../core/store/mail-pace.ts';
import { acceptGone, countHeldMailboxes, failuresOf, pauseIssue, pauseOf, resumeIssue, sendAgain, stopIssue } from '../../../core/store/sending.ts'; // prettier-ignore
import { maxOn, readWarmUp } from '../../../core/mail/warm-up.ts';
import { PageError } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { editorOf, note } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { issueParams } from './issue-params.ts';

/** Why letters failed, in words; only some can be sent again. */
const reasons: Record<string, { words: string; again: boolean }> = {
  mailbox: { words: 'no such mailbox: the reader is bounced, the address gets no more mail', again: false },
  'mailbox-for-now': { words: 'the mailbox did not take it', again: true },
  message: { words: 'the letter itself was refused', again: true },
  policy: { words: 'we were refused, by policy or reputation', again: true },
  unwritable: { words: 'no letter could be written to this reader', again: true },
  rate: { words: 'the server wanted less', again: true },
  connection: { words: 'the connection broke before the letter was sent', again: true },
  expired: { words: 'deferred for days, then given up', again: true },
  stopped: { words: 'a curator stopped the issue', again: true },
  'no-answer': { words: 'the server gave no answer to the last byte: the letter may have arrived', again: true },
};

/** What came back of letters that the server had taken. */
const reportWords: Record<ReportKind, string> = {
  hard: 'came back: no such mailbox, the address gets no more mail',
  soft: 'came back for now; after three issues in a row the address gets no more mail',
  refused: 'came back, refused by policy or content',
  complaint: 'marked as spam: the reader gets no more mail',
};

/** How many letters the day may have, and how many it had; null without a plan for a new sender's first days. */
async function dayOf({ db, config, now }: House): Promise<{ most: number; taken: number } | null> {
  if (!config.SMTP_URL || !config.MAIL_WARMUP) return null;
  const { day, most } = maxOn(readWarmUp(config.MAIL_WARMUP)!, { now: now(), timezone: config.TIMEZONE });
  return most === null ? null : { most, taken: await takenOfDay(db, { server: new URL(config.SMTP_URL).host, day }) };
}

/** What the desk of an issue shows of its sending; nulls while it is not going out. */
export async function showSending(house: House, { id, status }: Issue) {
  const { db, config, now } = house;
  const isOut = status === 'sending' || status === 'sent';
  if (!isOut) return { ledger: null, ledgerAt: null, sending: null };
  const [ledger, pause, slow, failures, reports, heldMailboxes] = await Promise.all([
    keptLedger(db, id),
    pauseOf(db, id),
    slowServer(db, config.SMTP_URL ? new URL(config.SMTP_URL).host : 'outbox'),
    failuresOf(db, id),
    countReports(db, id),
    countHeldMailboxes(db, id),
  ]);
  const left = ledger.leased + ledger.waiting;
  const isHeld = slow?.holdUntil && slow.holdUntil > now();
  return {
    ledger,
    ledgerAt: deskTime(ledger.at, config.TIMEZONE),
    sending: {
      isOpen: status === 'sending',
      perMinute: status === 'sending' && ledger.perSecond ? Math.round(ledger.perSecond * 60) : null,
      minutesLeft: ledger.perSecond && left > 0 ? Math.ceil(left / ledger.perSecond / 60) : null,
      pause: pause ? { ...pause, at: deskTime(pause.at, config.TIMEZONE) } : null,
      slow:
        slow && status === 'sending'
          ? { why: slow.why, until: isHeld ? deskTime(slow.holdUntil, config.TIMEZONE) : null }
          : null,
      heldMailboxes,
      window: status === 'sending' && left > 0 ? (config.MAIL_WINDOW ?? null) : null,
      day: status === 'sending' && left > 0 ? await dayOf(house) : null,
      reports: reports.map(({ kind, count }) => ({ count, words: reportWords[kind] })),
      failures: failures.map(({ state, reason, count, code }) => ({
        state,
        reason: reason ?? '',
        count,
        code,
        words: reasons[reason ?? '']?.words ?? 'no reason was kept',
        canAgain: state === 'unknown' || (reasons[reason ?? '']?.again ?? true),
      })),
    },
  };
}

const sendingForm = z.object({
  what: z.enum(['pause', 'resume', 'stop', 'gone'], { error: 'Say what is to happen.' }),
});
const againForm = z.object({
  state: z.enum(['failed', 'unknown'], { error: 'Say which letters are meant.' }),
  reason: z.string().max(40).default(''),
});

/** Registers the forms. */
export function sendingRoom(desk: FastifyInstance, { house }: Room): void {
  const { db, now, queue } = house;

  desk.post('/desk/issues/:id/sending', async (request, reply) => {
    const curator = editorOf(request);
    const { id: issueId } = readParams(issueParams, request);
    const { what } = readInput(sendingForm, request.body);
    const at = now();
    await db.transaction(async (tx) => {
      if (what === 'pause' && !(await pauseIssue(tx, { issueId, by: curator.name, reason: 'at the desk', at }))) {
        throw new PageError(409, 'This issue is not going out, or is paused already.', 'Look at it again.');
      }
      if (what === 'resume') await resumeIssue(tx, issueId);
      if (what === 'gone' && (await acceptGone(tx, { issueId, at })) === 0) {
        throw new PageError(409, 'No letter waits because of a missing mailbox.', 'Look at it again.');
      }
      if (what === 'stop') await stopIssue(tx, { issueId, at });
      await keepLedger(tx, { issueId, now: at });
      await note(tx, curator, {
        action: what === 'gone' ? 'accept missing mailboxes' : `${what} sending`,
        subject: `issue ${issueId}`,
        at,
      });
    });
    if (what !== 'pause') await queue.enqueue('issue.send', { issueId });
    return reply.redirect(`/desk/issues/${issueId}`, 303);
  });

  desk.post('/desk/issues/:id/again', async (request, reply) => {
    const curator = editorOf(request);
    const { id: issueId } = readParams(issueParams, request);
    const { state, reason: named } = readInput(againForm, request.body);
    const at = now();
    await db.transaction(async (tx) => {
      const reason = Object.keys(reasons).includes(named) ? named : null;
      const count = await sendAgain(tx, { issueId, state, reason, at });
      if (count === 0)
        throw new PageError(
          409,
          'Nothing of this can be sent again.',
          'Look at the issue again: its readers may have left, or have no mailbox.',
        );
      await keepLedger(tx, { issueId, now: at });
      await note(tx, curator, {
        action: 'send again',
        subject: `issue ${issueId}`,
        after: { state, reason, count },
        at,
      });
    });
    await queue.enqueue('issue.send', { issueId });
    return reply.redirect(`/desk/issues/${issueId}`, 303);
  });
}
