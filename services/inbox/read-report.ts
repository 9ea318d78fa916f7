// The bytes of a mail that came back -> what it reports: a bounce (RFC 3464, or in a server's own words), a complaint (RFC 5965); pure.
import { parseMailParts, type MailParts } from '../../core/mail/parse-mail.ts';
import type { ReportKind } from '../../core/store/mail-reports.ts';
import { attemptOf } from '../mailer/reply-meaning.ts';

/** `answer` is what a program wrote by itself, such as an absence; `other` may come from a person. */
export type Report = { is: 'report'; kind: ReportKind; status: string } | { is: 'answer' } | { is: 'other' };

export interface Bounce {
  kind: Exclude<ReportKind, 'complaint'>;
  status: string;
}

/** Reads a mail at a letter's own address, as `readableMail` leaves it. What is late, or was delivered, is no bounce. */
export async function readReport(raw: Buffer): Promise<Report> {
  const mail = await parseMailParts(raw);
  const feedback = mail.part('message/feedback-report');
  if (feedback !== undefined) return feedbackOf(fieldsOf(feedback)[0] ?? new Map<string, string>());
  const status = mail.part('message/delivery-status') ?? mail.part('message/global-delivery-status');
  if (status !== undefined) return statusOf(fieldsOf(status));
  if (isFromServer(mail)) return inOwnWords(mail.text);
  const isAutomatic = (mail.header('auto-submitted') ?? 'no').trim().toLowerCase() !== 'no';
  return { is: isAutomatic ? 'answer' : 'other' };
}

/**
 * Feedback of other types is no complaint of a reader: "not-spam" (RFC 5965, section 7.3), "virus" is what a scanner found, "auth-failure"
 * (RFC 6591) what a server says of our signature, such as the failure reports of DMARC, which name a letter too.
 */
const complaintTypes = new Set([
  'abuse',
  'fraud',
  'opt-out',
  'opt-out-list',
  'miscategorized',
  'complaint',
  'other',
  '',
]);

/** Whether feedback of this type says that a reader does not want our mail. */
export function isComplaint(type: string): boolean {
  return complaintTypes.has(type);
}

function feedbackOf(fields: Map<string, string>): Report {
  const type = firstWord((fields.get('feedback-type') ?? 'abuse').toLowerCase());
  return isComplaint(type) ? { is: 'report', kind: 'complaint', status: type.slice(0, 40) } : { is: 'answer' };
}

/** Of the recipients one that failed; a letter has one, but a list behind it may have more. */
function statusOf(groups: Map<string, string>[]): Report {
  const failed = groups.find((fields) => fields.get('action')?.trim().toLowerCase() === 'failed');
  if (!failed) return { is: 'answer' };
  // A comment may stand behind both: "5.1.1 (user unknown)".
  const status = firstWord(failed.get('status') ?? '');
  return { is: 'report', ...bounceOf(status, withoutType(failed.get('diagnostic-code') ?? '')) };
}

/** "smtp; 550 5.1.1 ..." */
function withoutType(diagnostic: string): string {
  const at = diagnostic.indexOf(';');
  return (at >= 0 && at < 12 ? diagnostic.slice(at + 1) : diagnostic).trim();
}

/** Routing and time: 5.4.4 is a domain without a mail server, and gone; these are a server that did not answer (RFC 3463, section 3.5). */
const notReached = new Set(['4.2', '4.5', '4.6', '4.7']);

/**
 * What a status (RFC 3463) and the words of a server mean; either may be empty. Where no server is quoted nobody said no: the way gave
 * up, which is soft unless its status or its words are about the mailbox.
 */
export function bounceOf(status: string, diagnostic: string): Bounce {
  const said = replyIn(diagnostic);
  const [kind = '5'] = status.split('.');
  const code = said?.code ?? ((said?.status ?? status).startsWith('4') ? 450 : 550);
  const [, subject = '', detail = ''] = (said?.status ?? status).split('.');
  const isGeneral = subject === '0' && detail === '0';
  const enhanced = isGeneral ? '' : (said?.status ?? status);
  const stated = enhanced || status || (said?.code === undefined ? 'unknown' : String(code));
  const isNotReached = [status, said?.status ?? ''].some((one) => notReached.has(one.slice(2)));
  if (kind === '4' || code < 500 || isNotReached) return { kind: 'soft', status: stated };
  const words = [code, enhanced, said?.words ?? diagnostic].filter((one) => one !== '').join(' ');
  if (said?.code === undefined) return { kind: withoutReply({ subject, detail, words }), status: stated };
  const { reason } = attemptOf({ stage: 'recipient', code, text: words });
  const meant = reason === 'mailbox' ? 'hard' : reason === 'message' || reason === 'policy' ? 'refused' : 'soft';
  return { kind: meant, status: stated };
}

/** `end`, since a bare 550 there says nothing of a mailbox. */
function withoutReply({ subject, detail, words }: { subject: string; detail: string; words: string }): Bounce['kind'] {
  const { reason } = attemptOf({ stage: 'end', code: 550, text: words });
  if (reason === 'mailbox' || (subject === '4' && detail === '4')) return 'hard';
  const isKnown = subject !== '' && subject !== '0' && subject !== '4';
  return isKnown && (reason === 'message' || reason === 'policy') ? 'refused' : 'soft';
}

const serverNames = ['mailer-daemon', 'postmaster', 'mail-daemon', 'mailerdaemon', 'noreply-dsn'];

function isFromServer({ from, header }: MailParts): boolean {
  const local = (from ?? '').split('@', 1)[0]!;
  return header('x-failed-recipients') !== null || serverNames.some((name) => local.startsWith(name));
}

/** The first reply of a server that a text quotes; without one, its words. What only says that it is late will be followed by another. */
function inOwnWords(text: string): Report {
  const lower = text.toLowerCase();
  if (lower.includes('will be retried') || lower.includes('still trying') || lower.includes('not need to resend'))
    return { is: 'answer' };
  for (const line of text.split('\n')) {
    const said = replyIn(line);
    // A status without a code is as good: "(#5.1.1)".
    if (said) return { is: 'report', ...bounceOf(said.status ?? `${String(said.code)[0]}.0.0`, said.code === undefined ? line : `${said.code} ${said.words}`) }; // prettier-ignore
  }
  const { reason } = attemptOf({ stage: 'end', code: 550, text: `550 ${text.replaceAll('\n', ' ').slice(0, 2_000)}` });
  return { is: 'report', kind: reason === 'mailbox' ? 'hard' : 'soft', status: 'unknown' };
}

interface Reply {
  /** Undefined where only a status stands. */
  code: number | undefined;
  status: string | undefined;
  /** What stands behind the code. */
  words: string;
}

/** "550 5.1.1 no such user", "(#5.1.1)" or "550-5.1.1 ..." somewhere in a line. */
function replyIn(line: string): Reply | undefined {
  const words = line.replaceAll('-', ' ').split(' ').filter(Boolean);
  const bare = words.map((word) => trimmed(word));
  const codeAt = bare.findIndex((word) => isDigits(word, 3) && (word.startsWith('4') || word.startsWith('5')));
  const status = bare.find(isStatus);
  if (codeAt < 0 && status === undefined) return undefined;
  const code = codeAt < 0 ? undefined : Number(bare[codeAt]);
  return { code, status, words: words.slice(codeAt + 1).join(' ') };
}

/** Without what stands around a number in a sentence. */
function trimmed(word: string): string {
  const kept = Array.from(word)
    .filter((character) => !'()[]#,:;<>"\''.includes(character))
    .join('');
  return kept.endsWith('.') ? kept.slice(0, -1) : kept;
}

function isStatus(word: string): boolean {
  const [kind = '', subject = '', detail = '', ...more] = word.split('.');
  return (kind === '4' || kind === '5') && more.length === 0 && isDigits(subject, 1) && isDigits(detail);
}

function isDigits(word: string, length?: number): boolean {
  if (word === '' || word.length > 3 || (length !== undefined && word.length !== length)) return false;
  return Array.from(word).every((character) => character >= '0' && character <= '9');
}

function firstWord(text: string): string {
  return text.trim().split(' ', 1)[0]!;
}

/** Fields in groups that empty lines part (RFC 3464, section 2.1); a line that begins with a blank goes on. */
function fieldsOf(text: string): Map<string, string>[] {
  const groups: Map<string, string>[] = [new Map()];
  let name = '';
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const fields = groups.at(-1)!;
    if (line.trim() === '') {
      if (fields.size > 0) groups.push(new Map());
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    } else {
      const at = line.indexOf(':');
      name = line.slice(0, Math.max(0, at)).trim().toLowerCase();
      if (!fields.has(name)) fields.set(name, line.slice(at + 1).trim());
    }
  }
  return groups;
}
