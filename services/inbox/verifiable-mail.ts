// The bytes of a mail -> the same with those signatures alone whose verifying takes no long time and proves all of its body; pure.
import { endsHead, isBlank, linesOf } from '../../core/mail/readable-mail.ts';

/** Each is a question to DNS. */
const mostSignatures = 5;
/** Bytes of one signature: one by a key of 4096 bits has some 1500. */
const longestSignature = 4_096;
/** Names in `h=`: each is looked for in the whole head. */
const mostNames = 20;
/** mailauth keeps each empty line by itself, and takes half a second for 300,000. */
const mostEmpty = 20_000;

/**
 * Undefined where no signature is to be verified. What is left out changes nothing for the others, which sign no signatures
 * (RFC 6376, section 5.4); fields of ARC (RFC 8617) are left out, since they are no proof of the author.
 */
export function verifiableMail(raw: Buffer): Buffer | undefined {
  const fields: Buffer[][] = [];
  let length = 0;
  let empty = 0;
  let isInHead = true;
  for (const line of linesOf(raw)) {
    const isEmpty = isBlank(line);
    if (isInHead && endsHead(line)) isInHead = false;
    if (!isInHead && isEmpty) empty += 1;
    if (!isInHead) continue;
    length += line.length;
    if ((line[0] === 0x20 || line[0] === 0x09) && fields.length > 0) fields.at(-1)!.push(line);
    else fields.push([line]);
  }
  const kept = fields.map((lines) => Buffer.concat(lines)).filter(isKept);
  const count = kept.filter((field) => nameOf(field) === 'dkim-signature').length;
  if (count === 0 || count > mostSignatures || empty > mostEmpty) return undefined;
  return Buffer.concat([...kept, raw.subarray(length)]);
}

function isKept(field: Buffer): boolean {
  const name = nameOf(field);
  if (name.startsWith('arc-')) return false;
  return name !== 'dkim-signature' || isVerifiable(field);
}

function nameOf(field: Buffer): string {
  const start = field.toString('latin1', 0, 200);
  return start
    .slice(0, Math.max(0, start.indexOf(':')))
    .trim()
    .toLowerCase();
}

function isVerifiable(field: Buffer): boolean {
  if (field.length > longestSignature) return false;
  const text = field.toString('latin1');
  const tags = text.slice(text.indexOf(':') + 1).split(';').map((tag) => ({ name: tag.split('=', 1)[0]!.trim().toLowerCase(), value: tag.slice(tag.indexOf('=') + 1) })); // prettier-ignore
  const names = tags.filter(({ name }) => name === 'h').flatMap(({ value }) => value.split(':'));
  // Under a signature over a part of the body (l=) anybody may write on.
  return names.length <= mostNames && !tags.some(({ name }) => name === 'l');
}
