// The bytes of a mail as they follow the server's 354: its last ones wait until the ledger knows.
import { Readable, type Writable } from 'node:stream';
import { messageOf } from '../../core/errors.ts';

/** Held back until `begin` is done: the line end without which no final dot is one. */
const tailBytes = 2;
const finalDot = Buffer.from('\r\n.\r\n');

interface Gate {
  /** No dot has to be doubled, and nobody need look for one. */
  isPlain?: boolean;
  begin: () => Promise<boolean>;
  onRead: () => void;
  onEnd: () => void;
  onRefused: (why: string) => void;
}

/** The message as nodemailer reads it, after the 354; its last bytes wait for `begin`. */
export function gatedMessage(raw: Buffer, { isPlain = false, begin, onRead, onEnd, onRefused }: Gate): Readable {
  let bytes = raw;
  let wasAsked = false;
  let isEscaped = false;
  const stream = new Readable({
    read() {
      if (wasAsked) return;
      wasAsked = true;
      onRead();
      stream.push(bytes.subarray(0, bytes.length - tailBytes));
      void finish();
    },
  });
  async function finish(): Promise<void> {
    const isOurs = await begin().catch((error: unknown) => `not written down: ${messageOf(error)}`);
    if (stream.destroyed) return;
    if (isOurs !== true) return onRefused(isOurs || 'another process took it over');
    onEnd();
    if (!isEscaped) stream.push(bytes.subarray(bytes.length - tailBytes));
    stream.push(null);
  }
  // nodemailer escapes byte by byte in JavaScript, a third of the mailer's time (profile of 3,000 letters of 60 KB).
  stream.pipe = <To extends NodeJS.WritableStream>(to: To, options?: { end?: boolean }): To => {
    const escaped = isEscaping(to) ? (isPlain ? raw : dotStuffed(raw)) : undefined;
    if (escaped && isEscaping(to)) {
      bytes = escaped;
      isEscaped = true;
      const passOn: Escaping['_transform'] = (chunk, _encoding, done) => done(null, chunk);
      // The held line end and the final dot in one write, which is one call of the kernel and one packet.
      const end: Escaping['_flush'] = (done) => done(null, finalDot);
      Object.assign(to, { _transform: passOn, _flush: end });
    }
    return Readable.prototype.pipe.call(stream, to, options) as To;
  };
  return stream;
}

/** nodemailer's stream in front of the socket. */
interface Escaping extends Writable {
  lastByte: number | false;
  _transform: (chunk: Buffer, encoding: string, done: (error: null, chunk: Buffer) => void) => void;
  _flush: (done: (error: null, chunk: Buffer) => void) => void;
}

function isEscaping(to: unknown): to is Escaping {
  return typeof to === 'object' && to !== null && 'lastByte' in to && '_transform' in to;
}

const [carriageReturn, lineFeed, dot] = [0x0d, 0x0a, 0x2e];

/**
 * The bytes with dots at the start of lines doubled (RFC 5321, section 4.5.2). Undefined when a line does not end in CRLF:
 * such a message is not passed on as it is, since servers differ about where it ends.
 */
export function dotStuffed(raw: Buffer): Buffer | undefined {
  const dots = raw[0] === dot ? [0] : [];
  let lines = 0;
  for (let at = raw.indexOf(lineFeed); at >= 0; at = raw.indexOf(lineFeed, at + 1)) {
    if (raw[at - 1] !== carriageReturn) return undefined;
    if (raw[at + 1] === dot) dots.push(at + 1);
    lines++;
  }
  let returns = 0;
  for (let at = raw.indexOf(carriageReturn); at >= 0; at = raw.indexOf(carriageReturn, at + 1)) returns++;
  if (returns !== lines || raw.at(-1) !== lineFeed) return undefined;
  if (dots.length === 0) return raw;
  const pieces = [...dots, raw.length].flatMap((end, index) => [...(index > 0 ? [Buffer.from('.')] : []), raw.subarray(index > 0 ? dots[index - 1] : 0, end)]); // prettier-ignore
  return Buffer.concat(pieces);
}
