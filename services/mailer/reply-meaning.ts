// What a mail server answered, and at which point of the conversation -> what it means for the mail; pure.
import type { Attempt } from '../../core/store/mail-attempts.ts';

/** Where the conversation was: RFC 5321, section 3.3. `end` is after the final dot. */
export type Stage = 'sender' | 'recipient' | 'data' | 'end';

export interface ServerReply {
  stage: Stage;
  /** Three digits; null when the connection broke, or when what came was no reply. */
  code: number | null;
  /** The server's words, or what went wrong. */
  text: string;
}

const rateWords = ['rate limit', 'ratelimit', 'rate-limit', ' rate ', ' rate.', 'sending rate', 'message rate', 'throttl', 'too many', 'too much', 'too fast', 'too quick', 'limit', 'quota', 'exceed', 'slow down', 'frequen', 'overload']; // prettier-ignore
/** Of a verdict that stays (5xx) bare "limit" and "too many" say nothing of a rate: of hops, of data, of points for spam. */
const finalRateWords = ['rate limit', 'ratelimit', 'rate-limit', ' rate ', ' rate.', 'sending rate', 'message rate', 'throttl', 'too many mail', 'too many mess', 'too many email', 'too many e-mail', 'too many connect', 'too many session', 'too many recipients', 'too much mail from', 'too fast', 'too quick', 'sending limit', 'daily limit', 'hourly limit', 'message limit', 'connection limit', 'limit on the number', 'per second', 'per minute', 'per hour', 'per day', 'quota', 'too frequen', 'slow down', 'overload']; // prettier-ignore
const noRateWords = ['spam', 'score', ' hop', 'loop'];
/** Our sender, whatever else is said: "User unknown" is ours here (Postfix, Exim's callout). */
const senderWords = ['sender address', 'sender verif', 'sender rejected', 'sender denied', 'sender unknown', 'unknown sender', 'invalid sender', 'sender domain', 'sender does not', 'sender not ', 'verification failed for', 'verify sender', 'return path', 'return-path', 'envelope from', 'mail from address']; // prettier-ignore
const noMailboxWords = ['no such', 'user unknown', 'unknown user', 'unknown recipient', 'recipient unknown', 'unknown address', 'unknown mailbox', 'user does not exist', 'mailbox does not exist', 'account does not exist', 'address does not exist', 'user not found', 'mailbox not found', 'recipient not found', 'address not found', 'no mailbox', 'invalid recipient', 'invalid mailbox', 'recipient address rejected: access denied', 'mailbox unavailable', 'mailbox is disabled', "user doesn't have", 'mailbox disabled', 'account disabled', 'account is disabled', 'account has been disabled', 'account that you tried to reach', 'not known here', 'not our customer']; // prettier-ignore
const usWords = ['spam', 'block', 'black', 'listed', 'reputation', 'policy', 'relay', 'authenticat', 'spf', 'dkim', 'dmarc', 'denied', 'not allowed', 'not permitted', 'prohibited', 'unsolicited', 'bulk', 'abuse', 'banned', 'sender', 'your ip', 'ptr', 'reverse', 'suspend', 'credential']; // prettier-ignore
const goneWords = ['does not exist', "doesn't exist", 'not exist', 'not found', 'no longer', 'disabled', 'inactive', 'invalid address', 'not a valid', 'is not local', 'undeliverable', 'bad destination']; // prettier-ignore
const fullWords = ['full', 'over quota', 'overquota', 'quota exceeded', 'exceeded storage', 'insufficient storage', 'mailbox size', 'out of storage', 'over its quota', 'exceeded its quota']; // prettier-ignore
const messageWords = ['too large', 'too big', 'message size', 'size exceed', 'exceeds size', 'content', 'virus', 'malformed', 'line length', 'header']; // prettier-ignore

/** What came of a mail whose conversation ended with this reply. */
export function attemptOf({ stage, code, text }: ServerReply): Attempt {
  const reply = text.slice(0, 1_000);
  if (code !== null && code >= 200 && code < 300 && stage === 'end') return { outcome: 'submitted', reply };
  if (code !== null && code >= 500) return refusal(stage, code, reply);
  if (code !== null && code >= 400) return deferral(stage, code, reply);
  // After the final dot nobody knows; before it the mail was not sent (RFC 5321, section 4.1.1.4).
  if (stage === 'end') return { outcome: 'unknown', reply, reason: 'no-answer' };
  return { outcome: 'deferred', reply, reason: 'connection' };
}

function deferral(stage: Stage, code: number, reply: string): Attempt {
  const [subject, detail] = enhancedStatus(reply) ?? [];
  const says = speaker(reply);
  // 4.2.x is this mailbox (RFC 3463, section 3.3), over its quota or busy, whatever words stand behind it.
  if (subject === 2 || (stage === 'recipient' && says(fullWords) && says(['mailbox', 'account', 'user', 'inbox']))) {
    return { outcome: 'deferred', reply, reason: 'mailbox-for-now' };
  }
  // 4.3.x is the server as a whole, 454 its throttling (SES) or authentication, a refused sender all mails of ours.
  const isSender = stage === 'sender' || isAboutSender(says);
  const isAll = subject === 3 || code === 454 || isSender || (subject === 7 && detail === 28);
  if (isAll || says(rateWords)) return { outcome: 'throttled', reply, reason: 'rate' };
  return { outcome: 'deferred', reply, reason: 'mailbox-for-now' };
}

function refusal(stage: Stage, code: number, reply: string): Attempt {
  const reason = refusalReason(stage, { code, reply });
  if (reason === 'rate') return { outcome: 'throttled', reply, reason };
  // A full mailbox may be emptied within the days a mail is tried.
  if (reason === 'mailbox-for-now') return { outcome: 'deferred', reply, reason };
  return { outcome: 'refused', reply, reason };
}

/** Whose fault it is by the words, then by the enhanced status (RFC 3463), by words again, and by the plain code (RFC 5321, section 4.2.3). */
function refusalReason(stage: Stage, { code, reply }: { code: number; reply: string }): NonNullable<Attempt['reason']> {
  const [subject, detail = 0] = enhancedStatus(reply) ?? [];
  const says = speaker(reply);
  const isRate = says(finalRateWords) && !says(fullWords) && !says(messageWords) && !says(noRateWords);
  const isSize = (subject === 2 || subject === 3) && (detail === 3 || detail === 4);
  // No recipient is known at MAIL FROM: but for the size, which is said there (RFC 1870), it is about us.
  if (stage === 'sender') return isSize || code === 552 ? 'message' : isRate ? 'rate' : 'policy';
  if (isAboutSender(says)) return 'policy';
  if (subject === 1) return aboutAddress(detail, says);
  if (subject === 2 && detail === 2) return 'mailbox-for-now';
  // "Receiving mail at a rate that prevents ...": the mailbox, not us.
  if (subject === 2 && detail === 1) return isRate ? 'mailbox-for-now' : 'mailbox';
  if (isSize || subject === 6) return 'message';
  if (isRate) return 'rate';
  if (subject === 7) return says(noMailboxWords) ? 'mailbox' : 'policy';
  return byWords(says) ?? (code === 552 ? 'message' : isRecipient(stage, code) ? 'mailbox' : 'policy');
}

function isAboutSender(says: ReturnType<typeof speaker>): boolean {
  return says(senderWords) && !says(['recipient verif']);
}

/** 5.1.x is the recipient's address, but for 5.1.7 and 5.1.8, which are the sender's. */
function aboutAddress(detail: number, says: ReturnType<typeof speaker>): NonNullable<Attempt['reason']> {
  if (detail === 7 || detail === 8) return 'policy';
  return detail === 0 && says(usWords) && !says(noMailboxWords) ? 'policy' : 'mailbox';
}

function byWords(says: ReturnType<typeof speaker>): Attempt['reason'] {
  if (says(noMailboxWords)) return 'mailbox';
  if (says(fullWords)) return 'mailbox-for-now';
  if (says(usWords)) return 'policy';
  if (says(goneWords)) return 'mailbox';
  return says(messageWords) ? 'message' : undefined;
}

function isRecipient(stage: Stage, code: number): boolean {
  return stage === 'recipient' && [550, 551, 553].includes(code);
}

/** The second and third number of "5.1.1" behind the code; undefined where none stands. */
function enhancedStatus(reply: string): [number, number] | undefined {
  for (const word of reply.replaceAll('-', ' ').split(' ', 3).slice(1)) {
    const [kind = '', subject = '', detail = '', more] = word.split('.');
    if (more === undefined && ['4', '5'].includes(kind) && isNumber(subject) && isNumber(detail)) {
      return [Number(subject), Number(detail)];
    }
  }
  return undefined;
}

function isNumber(digits: string): boolean {
  return digits !== '' && digits.length <= 3 && Number.isInteger(Number(digits));
}

function speaker(reply: string): (words: readonly string[]) => boolean {
  const lower = reply.toLowerCase();
  return (words) => words.some((word) => lower.includes(word));
}
