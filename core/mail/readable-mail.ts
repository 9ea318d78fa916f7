// The bytes of a mail from a stranger -> those that are parsed, or nothing where a parser would take long over them; one look at each byte; pure.

/** What is typed stands at the top, and so does what a report says; the letter behind it is ours. */
const mostBytes = 65_536;
/** Of one head, of the mail or of a part: a mail that went through ten relays has some 80. */
const mostFields = 200;
const mostParts = 100;
/** Of empty lines one after another; postal-mime takes a second for 64 KB of them. */
const mostEmpty = 2;

const lineFeed = 0x0a;
const hyphen = 0x2d;

/** Where reading has come to. */
interface Reading {
  isInHead: boolean;
  fields: number;
  parts: number;
  ends: number;
  empty: number;
}

/**
 * The first 64 KB of a mail, with runs of empty lines in its body cut short. Undefined where its head does not end in there,
 * has more than 200 fields, or where more than 100 parts follow. A line that begins with "--" counts as the start of a part,
 * whatever boundary was declared, unless it ends with "--".
 */
export function readableMail(raw: Buffer): Buffer | undefined {
  const bytes = raw.subarray(0, mostBytes);
  const reading: Reading = { isInHead: true, fields: 0, parts: 0, ends: 0, empty: 0 };
  const kept: Buffer[] = [];
  let hasEnded = false;
  for (const line of linesOf(bytes)) {
    const isEmpty = isBlank(line);
    reading.empty = isEmpty && !reading.isInHead ? reading.empty + 1 : 0;
    if (reading.empty <= mostEmpty) kept.push(line);
    if (reading.isInHead) readHeadLine(reading, line);
    else if (line[0] === hyphen && line[1] === hyphen) readBoundary(reading, line);
    hasEnded ||= !reading.isInHead;
    if (reading.fields > mostFields || reading.parts > mostParts || reading.ends > mostParts) return undefined;
  }
  return hasEnded || raw.length <= mostBytes ? Buffer.concat(kept) : undefined;
}

function readHeadLine(reading: Reading, line: Buffer): void {
  if (line[0] === lineFeed || (line[0] === 0x0d && line[1] === lineFeed)) reading.isInHead = false;
  else if (line[0] !== 0x20 && line[0] !== 0x09) reading.fields += 1;
}

function readBoundary(reading: Reading, line: Buffer): void {
  if (line.toString('latin1').trimEnd().endsWith('--') && line.length > 4) reading.ends += 1;
  else reading.parts += 1;
  reading.isInHead = true;
  reading.fields = 0;
}

/** Each with its line feed; the last may have none. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(lineFeed, at);
    const next = end < 0 ? bytes.length : end + 1;
    yield bytes.subarray(at, next);
    at = next;
  }
}

/** Of blanks alone. */
export function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === lineFeed);
}

/** Whether a head ends with this line. */
export function endsHead(line: Buffer): boolean {
  return isBlank(line) && line[0] !== 0x20 && line[0] !== 0x09;
}

/** All that is behind the head. */
export function bodyOf(raw: Buffer): Buffer {
  let length = 0;
  for (const line of linesOf(raw)) {
    length += line.length;
    if (endsHead(line)) break;
  }
  return raw.subarray(length);
}
