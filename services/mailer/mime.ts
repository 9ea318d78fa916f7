// The few parts of MIME a letter needs (RFC 2045, 2047, 5322): bodies in 7 bits, headers nothing can be injected into.
import { domainToASCII } from 'node:url';
import { PermanentError } from '../../core/errors.ts';
import { oneLine } from '../../core/one-line.ts';

/** The longest line SMTP carries, without its CRLF (RFC 5321, section 4.5.3.1.6). */
const longestLine = 998;

/** Text as quoted-printable with CRLF line ends; a dot at a line's start becomes =2E, since some relays lose it. */
export function quotedPrintable(text: string): string {
  return text.split(/\r?\n/).map(quotedLine).join('\r\n');
}

/** What stands for each byte: itself when printable and not "=", else its hex. */
export const quotedBytes = Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x09
    ? String.fromCharCode(byte)
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

/** At most 76 characters a line with the `=` that continues it; none starts with a dot or ends with a blank. */
function quotedLine(line: string): string {
  if (line.length <= 76 && /^(?!\.)[\x20-\x3c\x3e-\x7e]*$/.test(line) && !line.endsWith(' ')) return line;
  const bytes = Buffer.from(line);
  let quoted = '';
  let width = 0;
  for (const [index, byte] of bytes.entries()) {
    const isLast = index === bytes.length - 1;
    let token = quotedBytes[byte]!;
    if (isLast && (byte === 0x20 || byte === 0x09)) token = byte === 0x20 ? '=20' : '=09';
    if (width + token.length > 75) {
      quoted += '=\r\n';
      width = 0;
    }
    if (width === 0 && token === '.') token = '=2E';
    quoted += token;
    width += token.length;
  }
  return quoted;
}

/** Whether a body can travel as it is: every line fits. */
export function fitsLines(body: Buffer, longest = longestLine): boolean {
  let start = 0;
  while (start < body.length) {
    const end = body.indexOf(10, start);
    if ((end < 0 ? body.length : end - 1) - start > longest) return false;
    if (end < 0) break;
    start = end + 1;
  }
  return true;
}

/** One header line with its CRLF; folds already in `value` stay, every other control character becomes a blank. */
export function header(name: string, value: string): string {
  const lines = value.split(/\r\n(?=[ \t])/).map((line) => line.replace(/\p{Cc}/gu, ' '));
  return `${name}: ${lines.join('\r\n')}\r\n`;
}

/** Free text for a header: as it is when short ASCII, in encoded words (RFC 2047) otherwise. */
export function headerText(text: string): string {
  const clean = oneLine(text.replace(/\p{Cc}+/gu, ' '));
  if (/^[\x20-\x7e]*$/.test(clean) && clean.length <= 200 && !clean.includes('=?')) return clean;
  const words: string[] = [];
  let word = '';
  for (const character of clean) {
    // 45 bytes are 60 of base64, within the 75 characters of an encoded word.
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

export interface Mailbox {
  name: string;
  address: string;
}

/** Reads "Courant <news@example.org>" or a bare address; throws PermanentError for anything else. */
export function parseMailbox(text: string): Mailbox {
  const [, before = '', inAngles] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const [, quoted] = /^"([^"]*)"$/.exec(before.trim()) ?? [];
  const name = quoted ?? before;
  // A quotation mark in the middle is no name that a header could carry.
  if (name.includes('"')) return { name: '', address: asciiAddress(text) };
  return { name: name.trim(), address: asciiAddress(inAngles ?? text.trim()) };
}

/** An address in ASCII, its domain in punycode; throws PermanentError when it is none, or needs SMTPUTF8. */
export function asciiAddress(address: string): string {
  const [, local = '', domain = ''] =
    /^([^\s<>()[\]\\,;:"@\p{Cc}]+)@([^\s<>()[\]\\,;:"@\p{Cc}]+)$/u.exec(address) ?? [];
  const asciiDomain = domainToASCII(domain);
  if (!/^[\x21-\x7e]+$/.test(local) || asciiDomain === '') {
    throw new PermanentError(
      'The address is not one that mail can be sent to; correct it. Letters outside ASCII may stand only after the @.',
    );
  }
  return `${local}@${asciiDomain}`;
}

/** A mailbox as an address header writes it. */
export function mailboxText({ name, address }: Mailbox): string {
  if (name === '') return address;
  const text = headerText(name);
  return `${text.startsWith('=?') ? text : `"${text.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}
