// Mails that servers write about letters that did not arrive, in the shapes of a dozen of them, in our own words and addresses.
import type { ReportKind } from '../../../core/store/mail-reports.ts';

export interface BounceMail {
  name: string;
  raw: string;
  /** Null when nothing is to be counted. */
  kind: ReportKind | null;
}

interface Parts {
  from: string;
  subject: string;
  text: string;
  /** Of message/delivery-status. */
  status?: string[];
  headers?: string[];
}

/** A report of RFC 3462: words for a person, fields for a program, and the head of the letter. */
function report({ from, subject, text, status, headers = [] }: Parts): string {
  const head = [`From: ${from}`, 'To: return@inbox.example', `Subject: ${subject}`, 'Date: Sat, 21 Nov 2026 08:00:00 +0000', 'MIME-Version: 1.0', ...headers]; // prettier-ignore
  if (!status) return [...head, 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n');
  return [...head, 'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"', '', '--=_b', 'Content-Type: text/plain', '', text, '', '--=_b', 'Content-Type: message/delivery-status', '', ...status, '', '--=_b', 'Content-Type: text/rfc822-headers', '', 'Subject: Courant No 12', 'From: news@example.org', '', '--=_b--', ''].join('\r\n'); // prettier-ignore
}

const ada = 'ada@reader.example';
const dsn = (from: string, fields: string[], mta = 'mx.relay.example') => ({ from, subject: 'Undelivered', text: 'The mail did not arrive.', status: [`Reporting-MTA: dns; ${mta}`, '', `Final-Recipient: rfc822; ${ada}`, ...fields] }); // prettier-ignore
const failed = (status: string, diagnostic: string): string[] => ['Action: failed', `Status: ${status}`, `Diagnostic-Code: smtp; ${diagnostic}`]; // prettier-ignore

export const bounceMails: BounceMail[] = [
  { name: 'Postfix, no such user, folded', kind: 'hard', raw: report(dsn('MAILER-DAEMON@relay.example (Mail Delivery System)', ['Original-Recipient: rfc822;ada@reader.example', 'Action: failed', 'Status: 5.1.1', 'Remote-MTA: dns; mx.reader.example', 'Diagnostic-Code: smtp; 550 5.1.1 <ada@reader.example>: Recipient address rejected:', '    User unknown in virtual mailbox table'])) },
  { name: 'Postfix, a mailbox that is full', kind: 'soft', raw: report(dsn('MAILER-DAEMON@relay.example', failed('5.2.2', '552 5.2.2 Mailbox full'))) },
  { name: 'Postfix, five days without an answer', kind: 'soft', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 4.4.1', 'Diagnostic-Code: X-Postfix; connect to mx.reader.example: Connection timed out'])) },
  { name: 'Postfix, a domain without a mail server', kind: 'hard', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 5.4.4', 'Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=reader.example'])) },
  { name: 'Postfix, late', kind: null, raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: delayed', 'Status: 4.4.1', 'Diagnostic-Code: smtp; 451 4.3.0 later', 'Will-Retry-Until: Thu, 26 Nov 2026 08:00:00 +0000'])) },
  { name: 'a report that it arrived', kind: null, raw: report(dsn('postmaster@relay.example', ['Action: relayed', 'Status: 2.0.0'])) },
  { name: 'Gmail, no such account', kind: 'hard', raw: report(dsn('Mail Delivery Subsystem <mailer-daemon@googlemail.example>', failed('5.1.1', "550-5.1.1 The email account that you tried to reach does not exist. Please try"))) },
  { name: 'Gmail, taken for spam', kind: 'refused', raw: report(dsn('mailer-daemon@googlemail.example', failed('5.7.1', '550-5.7.1 Our system has detected that this message is likely unsolicited mail.'))) },
  { name: 'Microsoft 365, not found', kind: 'hard', raw: report(dsn('postmaster@corp.onmicrosoft.example', failed('5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@reader.example not found by SMTP address lookup'))) },
  { name: 'Microsoft 365, access denied', kind: 'hard', raw: report(dsn('postmaster@corp.onmicrosoft.example', failed('5.4.1', '550 5.4.1 Recipient address rejected: Access denied'))) },
  { name: 'Exchange, quota', kind: 'soft', raw: report(dsn('postmaster@corp.example', failed('5.2.2', '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException'))) },
  { name: 'Exchange, given up', kind: 'soft', raw: report(dsn('postmaster@corp.example', ['Action: failed', 'Status: 5.4.7', 'Diagnostic-Code: smtp; 550 4.4.7 QUEUE.Expired; message expired'])) },
  { name: 'Yahoo, disabled, general status', kind: 'hard', raw: report(dsn('MAILER-DAEMON@yahoo.example', failed('5.0.0', "554 delivery error: dd This user doesn't have a yahoo.example account"))) },
  { name: 'Amazon SES, on its own list', kind: 'hard', raw: report(dsn('MAILER-DAEMON@amazonses.example', failed('5.1.1', 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing'))) },
  { name: 'Exim, in its own words', kind: 'hard', raw: report({ from: 'Mail Delivery System <Mailer-Daemon@exim.example>', subject: 'Mail delivery failed: returning message to sender', headers: [`X-Failed-Recipients: ${ada}`, 'Auto-Submitted: auto-replied'], text: `A message that you sent could not be delivered.\r\n\r\n  ${ada}\r\n    host mx.reader.example [192.0.2.1]\r\n    SMTP error from remote mail server after RCPT TO:<${ada}>:\r\n    550 no such user here` }) },
  { name: 'Exim, still trying', kind: null, raw: report({ from: 'Mailer-Daemon@exim.example', subject: 'Warning: message delayed 24 hours', text: 'The message has not yet been delivered; attempts will be retried for days. 451 later. You do not need to resend.' }) },
  { name: 'qmail', kind: 'hard', raw: report({ from: 'MAILER-DAEMON@qmail.example', subject: 'failure notice', text: `Hi. This is the qmail-send program at qmail.example.\r\nI wasn't able to deliver your message.\r\n\r\n<${ada}>:\r\nSorry, no mailbox here by that name. (#5.1.1)` }) },
  { name: 'qmail, over quota', kind: 'soft', raw: report({ from: 'MAILER-DAEMON@qmail.example', subject: 'failure notice', text: `<${ada}>:\r\nUser is over the quota. (#5.2.2)` }) },
  { name: 'Sendmail', kind: 'hard', raw: report(dsn('Mail Delivery Subsystem <MAILER-DAEMON@sendmail.example>', ['Action: failed', 'Status: 5.1.1 (user unknown)', 'Diagnostic-Code: SMTP; 550 5.1.1 User unknown'])) },
  { name: 'iCloud', kind: 'soft', raw: report(dsn('postmaster@icloud.example', failed('5.2.2', '552 5.2.2 <ada@reader.example>: user is over quota'))) },
  { name: 'GMX', kind: 'hard', raw: report({ from: 'GMX Mailer Daemon <mailer-daemon@gmx.example>', subject: 'Mail delivery failed', text: `${ada}:\r\nRequested action not taken: mailbox unavailable\r\n` }) },
  { name: 'Yandex, a policy', kind: 'refused', raw: report(dsn('mailer-daemon@yandex.example', failed('5.7.1', '554 5.7.1 Message rejected under suspicion of SPAM'))) },
  { name: 'Mail.ru', kind: 'hard', raw: report(dsn('mailer-daemon@corp.mail.example', failed('5.0.0', '550 Message was not accepted -- invalid mailbox. Local mailbox ada@reader.example is unavailable: user not found'))) },
  { name: 'Exim, a host that did not answer for days', kind: 'soft', raw: report(dsn('Mail Delivery System <Mailer-Daemon@exim.example>', ['Action: failed', 'Status: 5.0.0'])) },
  { name: 'Exim, the same with its words', kind: 'soft', raw: report(dsn('Mailer-Daemon@exim.example', ['Action: failed', 'Status: 5.0.0', 'Diagnostic-Code: X-Exim; retry timeout exceeded'])) },
  { name: 'Exim, the same in its own words', kind: 'soft', raw: report({ from: 'Mailer-Daemon@exim.example', subject: 'Mail delivery failed', headers: [`X-Failed-Recipients: ${ada}`], text: `  ${ada}\r\n    retry timeout exceeded` }) },
  { name: 'no status and no words', kind: 'soft', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed'])) },
  { name: 'a status in the words, and no reply', kind: 'soft', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 5.0.0', 'Diagnostic-Code: X-Notes; 5.0.0 (unknown trouble)'])) },
  { name: 'a host that is down, by a general status of routing', kind: 'soft', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 5.4.0', 'Diagnostic-Code: X-Relay; host is down'])) },
  { name: 'no such user, by a general status and no reply', kind: 'hard', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 5.0.0', 'Diagnostic-Code: X-Relay; no such user'])) },
  { name: 'a bare status about the address', kind: 'hard', raw: report(dsn('MAILER-DAEMON@relay.example', ['Action: failed', 'Status: 5.1.1'])) },
  { name: 'Postfix, our sender is unknown', kind: 'refused', raw: report(dsn('MAILER-DAEMON@relay.example', failed('5.1.0', '550 5.1.0 <b-1@inbox.example>: Sender address rejected: User unknown in local recipient table'))) },
  { name: 'Exim, our sender is not verified', kind: 'refused', raw: report(dsn('MAILER-DAEMON@relay.example', failed('5.1.1', '550-Verification failed for <news@example.org>').concat(['    550-No Such User Here', '    550 Sender verify failed']))) },
  { name: 'somebody who is away', kind: null, raw: report({ from: `Ada <${ada}>`, subject: 'Away until Monday', headers: ['Auto-Submitted: auto-replied'], text: 'I am away; 550 letters wait already.' }) },
]; // prettier-ignore

/** A complaint as a provider passes it on, with the letter it is about. */
export function complaintMail(letter: string, type = 'abuse'): string {
  return ['From: feedback@provider.example', 'To: complaints@inbox.example', 'Subject: complaint', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=feedback-report; boundary="=_c"', '', '--=_c', 'Content-Type: text/plain', '', 'Somebody marked this mail.', '', '--=_c', 'Content-Type: message/feedback-report', '', `Feedback-Type: ${type}`, 'User-Agent: Provider/1.0', 'Version: 1', '', '--=_c', 'Content-Type: message/rfc822', '', letter, '', '--=_c--', ''].join('\r\n'); // prettier-ignore
}
