// A personal letter -> the raw message: the headers of all letters written once, the others in front of the body.
import { hash } from 'node:crypto';
import type { DkimKey } from './dkim.ts';
import { dkimSignatures } from './dkim.ts';
import type { TransferEncoding } from './encode-fragment.ts';
import { rememberValues } from './remember-values.ts';
import { header, headerText, mailboxText, type Mailbox } from './mime.ts';
import type { PersonalLetter } from './personal-letter.ts';
import { append, type SpliceBuffer } from './splice.ts';

/** What is the same for all letters of an issue. */
export interface SeriesHeaders {
  from: Mailbox;
  /** Where answers go; empty: to the sender. */
  replyTo?: string;
  subject: string;
  /** The list they belong to (RFC 2919): its name and the host of its pages. */
  list: { name: string; host: string };
  /** Names the content. */
  contentHash: string;
  /** How each half travels. */
  encodings: Record<'html' | 'text', TransferEncoding>;
  keys: readonly DkimKey[];
}

/** What is one reader's. */
export interface LetterEnvelope {
  to: string;
  date: Date;
  /** Names the mail for ever: the same for every attempt, so that a server may recognise a second one. */
  messageId: string;
  /** Where it is not the one of the series. */
  subject?: string | undefined;
  /** Where replies go, where each reader has an address for them. */
  replyTo?: string | undefined;
  /** Ends the subscription by one POST (RFC 8058). */
  unsubscribe: string;
  /** An address that ends it by a mail (RFC 2369), where mails come back to this installation. */
  unsubscribeAddress?: string | undefined;
}

/** Room for the headers in front of the body, which is written first: its signature stands before it. */
const headerRoom = 8_192;

/** Returns what assembles one letter in a scratch buffer; the message is good until the buffer is used again. */
export function letterAssembler(series: SeriesHeaders) {
  const { encodings, contentHash } = series;
  // No text of a source can contain it: a text that did would change the hash.
  const boundary = `=_${hash('sha256', contentHash).slice(0, 32)}`;
  const part = (half: 'html' | 'text', type: string): Buffer =>
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encodings[half]}\r\n\r\n`,
    );
  const [textPart, htmlPart, end] = [part('text', 'text/plain'), Buffer.concat([lineEnd, part('html', 'text/html')]), Buffer.from(`\r\n--${boundary}--\r\n`)]; // prettier-ignore
  const constantFor = rememberValues((subject: string) => constantHeaders({ ...series, subject }, boundary));

  return (scratch: SpliceBuffer, letter: PersonalLetter, envelope: LetterEnvelope): Buffer => {
    scratch.at = headerRoom;
    append(scratch, textPart);
    letter.write('text', scratch);
    append(scratch, htmlPart);
    letter.write('html', scratch);
    append(scratch, end);
    const constant = constantFor(envelope.subject ?? series.subject);
    const lines = `${headersOf(series, { constant, envelope, body: scratch.bytes.subarray(headerRoom, scratch.at) })}\r\n`;
    const start = headerRoom - lines.length;
    if (start < 0) throw new RangeError(`the headers of a letter take ${lines.length} bytes`);
    scratch.bytes.write(lines, start, 'latin1');
    return scratch.bytes.subarray(start, scratch.at);
  };
}

const lineEnd = Buffer.from('\r\n');

interface ConstantHeaders {
  pairs: [string, string][];
  text: string;
}

function constantHeaders({ from, replyTo, subject, list }: SeriesHeaders, boundary: string): ConstantHeaders {
  const pairs: [string, string][] = [
    ['From', mailboxText(from)],
    ...(replyTo ? [['Reply-To', replyTo] as [string, string]] : []),
    ['Subject', headerText(subject)],
    ['List-Id', mailboxText({ name: list.name, address: `courant.${list.host}` })],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ];
  return { pairs, text: pairs.map(([name, value]) => header(name, value)).join('') };
}

let lastDate = { second: NaN, text: '' };

/** Many letters of one second, whose date is put into words once. */
function dateText(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== lastDate.second) lastDate = { second, text: date.toUTCString().replace('GMT', '+0000') };
  return lastDate.text;
}

function headersOf(
  { keys }: SeriesHeaders,
  { constant, envelope, body }: { constant: ConstantHeaders; envelope: LetterEnvelope; body: Buffer },
): string {
  const { to, date, messageId, replyTo, unsubscribe, unsubscribeAddress } = envelope;
  const byMail = unsubscribeAddress === undefined ? '' : `, <mailto:${unsubscribeAddress}?subject=unsubscribe>`;
  const own: [string, string][] = [
    ['To', to],
    ['Date', dateText(date)],
    ['Message-ID', messageId],
    ...(replyTo === undefined ? [] : [['Reply-To', replyTo] as [string, string]]),
    ['List-Unsubscribe', `<${unsubscribe}>${byMail}`],
  ];
  // Made of a checked address, a hash and a token: none can hold a line end.
  let text = constant.text;
  for (const [name, value] of own) text += `${name}: ${value}\r\n`;
  return keys.length === 0 ? text : dkimSignatures({ headers: [...constant.pairs, ...own], body }, keys) + text;
}
