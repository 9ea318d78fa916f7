// A notice, its sender and its reader -> the raw message that goes to the mail server.
import { createHash, hash } from 'node:crypto';
import { dkimSignatures, type DkimKey } from './dkim.ts';
import { fitsLines, header, headerText, mailboxText, quotedPrintable, type Mailbox } from './mime.ts';

export interface NoticeMessage {
  /** Names the mail for ever: the same for every attempt, so that a server may recognise a second one. */
  id: string;
  from: Mailbox;
  to: string;
  /** Where replies go; to the sender where it is left out. */
  replyTo?: string;
  /** The Message-ID of the mail that this is a reply to. */
  inReplyTo?: string;
  subject: string;
  date: Date;
  /** 7-bit markup with CRLF line ends. */
  html: Buffer;
  /** Quoted-printable with CRLF line ends. */
  text: Buffer;
}

/** `<delivery-12.0f3a...@example.org>`: made from the row and the approved content. */
export function messageIdOf({ row, seed, from }: { row: string; seed: string; from: Mailbox }): string {
  const digest = hash('sha256', `${row} ${seed}`).slice(0, 16);
  return `<${row}.${digest}@${from.address.split('@')[1]}>`;
}

/** Assembles the message and signs it with each key; pure, equal input gives equal bytes. */
export function assembleMessage(message: NoticeMessage, keys: readonly DkimKey[] = []): Buffer {
  const boundary = `=_${createHash('sha256').update(message.id).digest('hex').slice(0, 32)}`;
  const html = fitsLines(message.html)
    ? { encoding: '7bit', body: message.html }
    : { encoding: 'quoted-printable', body: Buffer.from(quotedPrintable(message.html.toString('latin1'))) };
  const part = (type: string, encoding: string): Buffer =>
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`,
    );
  const body = Buffer.concat([
    part('text/plain', 'quoted-printable'),
    message.text,
    Buffer.from('\r\n'),
    part('text/html', html.encoding),
    html.body,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = headersOf(message, boundary);
  const text = headers.map(([name, value]) => header(name, value)).join('');
  return Buffer.concat([Buffer.from(`${dkimSignatures({ headers, body }, keys)}${text}\r\n`, 'latin1'), body]);
}

function headersOf(
  { id, from, to, replyTo, inReplyTo, subject, date }: NoticeMessage,
  boundary: string,
): [string, string][] {
  return [
    ['From', mailboxText(from)],
    ['To', to],
    ...(replyTo ? [['Reply-To', replyTo] as [string, string]] : []),
    ['Subject', headerText(subject)],
    ['Date', date.toUTCString().replace('GMT', '+0000')],
    ['Message-ID', id],
    // RFC 3834, section 3.1.5 and 5.
    ...(inReplyTo ? repliesTo(inReplyTo) : []),
    ['Auto-Submitted', inReplyTo ? 'auto-replied' : 'auto-generated'],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ];
}

/** A stranger wrote it: what is no Message-ID of one line is left out. */
function repliesTo(messageId: string): [string, string][] {
  const isOne =
    messageId.length <= 400 && Array.from(messageId).every((character) => character > ' ' && character <= '~');
  return isOne ? [['In-Reply-To', messageId], ['References', messageId]] : []; // prettier-ignore
}
