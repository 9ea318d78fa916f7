import { expect, test } from 'vitest';
import { attemptOf, type Stage } from '../../../services/mailer/reply-meaning.ts';

const cases: [Stage, string, string, string?][] = [
  ['end', '250 2.0.0 queued', 'submitted'],
  // This mailbox.
  ['recipient', '550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table', 'refused', 'mailbox'],
  ['recipient', '550-5.1.1 The email account that you tried to reach does not exist. Please try', 'refused', 'mailbox'],
  ['recipient', '550 5.4.1 Recipient address rejected: Access denied. [AS(201806281)]', 'refused', 'mailbox'],
  ['recipient', '550 5.2.1 The account is disabled', 'refused', 'mailbox'],
  ['recipient', '550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'refused', 'mailbox'],
  ['recipient', '554 delivery error: dd This user doesn\'t have an account, no such user', 'refused', 'mailbox'],
  ['recipient', '553 sorry, that address is not in my list: no mailbox here by that name', 'refused', 'mailbox'],
  ['recipient', '550 no', 'refused', 'mailbox'],
  ['recipient', '552 5.2.2 mailbox full', 'deferred', 'mailbox-for-now'],
  ['recipient', '452 4.2.2 The email account that you tried to reach is over quota', 'deferred', 'mailbox-for-now'],
  ['recipient', '450 4.2.1 The user you are trying to contact is receiving mail at a rate that', 'deferred', 'mailbox-for-now'],
  ['recipient', '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more', 'deferred', 'mailbox-for-now'],
  ['recipient', '451 4.7.1 Greylisting in action, please come back later', 'deferred', 'mailbox-for-now'],
  ['recipient', '421 later', 'deferred', 'mailbox-for-now'],
  // This message.
  ['end', '552 5.3.4 Message size exceeds fixed maximum message size', 'refused', 'message'],
  ['end', '554 5.6.0 Message content rejected', 'refused', 'message'],
  ['end', '552 no', 'refused', 'message'],
  // Us.
  ['recipient', '554 5.7.1 <a@b.example>: Relay access denied', 'refused', 'policy'],
  ['recipient', '550 5.7.1 Service unavailable; client host blocked using a list', 'refused', 'policy'],
  ['end', '550 5.7.26 This mail is unauthenticated', 'refused', 'policy'],
  ['end', '554 no', 'refused', 'policy'],
  ['end', '550 SPF check failed', 'refused', 'policy'],
  ['sender', '550 not you', 'refused', 'policy'],
  ['sender', '553 5.1.8 sender domain does not exist', 'refused', 'policy'],
  // Our sender, in the words that are used for a reader who is gone.
  ['recipient', '550 5.1.0 <b-1@inbox.example>: Sender address rejected: User unknown in local recipient table', 'refused', 'policy'],
  ['recipient', '550 5.1.1 <b-1@inbox.example>: Sender address rejected: undeliverable address', 'refused', 'policy'],
  ['recipient', '550-Verification failed for <news@example.org>\n550-No Such User Here\n550 Sender verify failed', 'refused', 'policy'],
  ['recipient', '550 Sender verify failed', 'refused', 'policy'],
  ['end', '550 5.1.0 Sender address rejected: no such user', 'refused', 'policy'],
  ['sender', '550 5.1.0 user unknown', 'refused', 'policy'],
  ['sender', '550 5.1.1 no such user', 'refused', 'policy'],
  ['sender', '550 5.2.1 mailbox disabled', 'refused', 'policy'],
  ['sender', '550 5.4.5 Daily sending limit exceeded', 'throttled', 'rate'],
  ['sender', '552 5.3.4 Message size exceeds fixed limit', 'refused', 'message'],
  ['recipient', '550 Recipient verification failed for <a@b.example>: no such user', 'refused', 'mailbox'],
  ['recipient', '451 Could not complete sender verify callout', 'throttled', 'rate'],
  ['recipient', '450 4.1.8 <b-1@inbox.example>: Sender address rejected: Domain not found', 'throttled', 'rate'],
  // Verdicts that stay, whatever they count.
  ['end', '550 spam score 12 exceeds threshold', 'refused', 'policy'],
  ['end', '550 5.7.1 score 7.1 over the limit of too many points', 'refused', 'policy'],
  ['end', '554 5.4.0 Error: too many hops', 'refused', 'policy'],
  ['end', '554 5.4.6 mail loop, hop count exceeded', 'refused', 'policy'],
  ['end', '552 too much mail data', 'refused', 'message'],
  ['end', '554 too many links', 'refused', 'policy'],
  ['recipient', '550 Too many connections from your address', 'throttled', 'rate'],
  ['recipient', '550 5.7.0 hourly limit reached', 'throttled', 'rate'],
  // Less, please.
  ['end', '550 5.7.0 too many emails per second', 'throttled', 'rate'],
  ['recipient', '550 5.4.5 Daily user sending limit exceeded', 'throttled', 'rate'],
  ['end', '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException', 'throttled', 'rate'],
  ['end', '454 Throttling failure: Maximum sending rate exceeded.', 'throttled', 'rate'],
  ['sender', '454 4.7.0 Temporary authentication failure', 'throttled', 'rate'],
  ['recipient', '450 too much mail', 'throttled', 'rate'],
  ['recipient', '452 4.3.1 Insufficient system storage', 'throttled', 'rate'],
  ['recipient', '421 4.7.28 unusual rate of mail', 'throttled', 'rate'],
  ['sender', '451 wait', 'throttled', 'rate'],
]; // prettier-ignore

test.each(cases)('at %s: %s -> %s %s', (stage, text, ...[outcome, reason]) => {
  const attempt = attemptOf({ stage, code: Number(text.slice(0, 3)), text });
  expect(attempt).toEqual({ outcome, reply: text, ...(reason && { reason }) });
});

test.each([
  ['recipient', 'deferred', 'connection'],
  ['data', 'deferred', 'connection'],
  ['end', 'unknown', 'no-answer'],
] as [Stage, string, string][])('no reply at %s: %s', (stage, outcome, reason) => {
  expect(attemptOf({ stage, code: null, text: 'closed' })).toMatchObject({ outcome, reason });
});
