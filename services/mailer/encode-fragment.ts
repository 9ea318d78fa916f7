// Compiled parts of a letter -> bytes that are copied for each reader, with the offsets at which the reader's own go.
import type { SlotName, Slots } from '../../core/letter/letter-slots.ts';
import { quotedBytes } from './mime.ts';

/** How bytes travel: as they are (8BITMIME, RFC 6152), or quoted-printable (RFC 2045, section 6.7). */
export type TransferEncoding = '8bit' | 'quoted-printable';
/** `none` is for the screen: line ends stay what they are. */
export type Encoding = TransferEncoding | 'none';

/** Slots whose value has a length that is known when a part is cut: patched where they stand. */
type FixedSlots = Record<FixedSlot, number>;

const fixedSlots = ['token', 'go', 'number'] as const;
export type FixedSlot = (typeof fixedSlots)[number];
type Patches = Record<FixedSlot, number[]>;

/** Bytes up to a slot of any length. */
interface Segment {
  bytes: Buffer;
  /** Where each fixed slot begins. */
  patches: Patches;
  /** What comes behind; null at the end. */
  next: SlotName | null;
}

export type Fragment = Segment[];

interface Cutting {
  slots: Slots;
  fixed: FixedSlots;
  encoding: Encoding;
}

/** Cuts a part at its slots and encodes what lies between them, once for all readers. */
export function cutFragment(markup: string, { slots, fixed, encoding }: Cutting): Fragment {
  // split() with a group puts the names at the odd places.
  const pieces = markup.split(slots.pattern);
  const writer = openWriter(encoding);
  const segments: Fragment = [];
  for (const [index, piece] of pieces.entries()) {
    const slot = piece as SlotName;
    if (index % 2 === 0) writer.text(piece);
    else if (isFixed(slot)) writer.gap(slot, fixed[slot]);
    else segments.push({ ...writer.end(), next: slot });
  }
  return [...segments, { ...writer.end(), next: null }];
}

/** The fragment with `value` in its slots of any length: one run of bytes. */
export function filledFragment(fragment: Fragment, value: Buffer): Fragment {
  const patches = noPatches();
  const parts: Buffer[] = [];
  let start = 0;
  for (const segment of fragment) {
    for (const slot of fixedSlots) patches[slot].push(...segment.patches[slot].map((offset) => start + offset));
    for (const bytes of segment.next === null ? [segment.bytes] : [segment.bytes, value]) {
      parts.push(bytes);
      start += bytes.length;
    }
  }
  return [{ bytes: Buffer.concat(parts), patches, next: null }];
}

function isFixed(slot: SlotName): slot is FixedSlot {
  return (fixedSlots as readonly string[]).includes(slot);
}

/**
 * Whether bytes go over SMTP as they are, whatever stands around them: no line starts with a dot (RFC 5321, section 4.5.2),
 * and each ends in CRLF. They may start a line themselves.
 */
export function isPlain(bytes: Buffer): boolean {
  if (bytes[0] === 0x2e || bytes[0] === 0x0a || bytes.at(-1) === 0x0d) return false;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1))
    if (bytes[at - 1] !== 0x0d || bytes[at + 1] === 0x2e) return false;
  for (let at = bytes.indexOf(0x0d); at >= 0; at = bytes.indexOf(0x0d, at + 1))
    if (bytes[at + 1] !== 0x0a) return false;
  return true;
}

/** Encodes one value by the rules of `cutFragment`. */
export function encodeValue(value: string, encoding: Encoding): Buffer {
  const writer = openWriter(encoding);
  writer.text(value);
  return writer.end().bytes;
}

/** The bytes of a text that no encoding but quoted-printable changes, as most addresses are; undefined for another. */
export function bareBytes(text: string): Buffer | undefined {
  if (text.length > longest || text.startsWith('.')) return undefined;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x40 && code <= 0x5a);
    if (!isLetter && !(code >= 0x2d && code <= 0x39 && code !== 0x2f) && code !== 0x5f && code !== 0x2b)
      return undefined;
  }
  return Buffer.from(text, 'latin1');
}

function noPatches(): Patches {
  return { token: [], go: [], number: [] };
}

interface Writer {
  text(piece: string): void;
  /** Leaves room for the value of a fixed slot, of ASCII letters, digits, "-" and "_". */
  gap(slot: FixedSlot, length: number): void;
  end(): { bytes: Buffer; patches: Patches };
}

function openWriter(encoding: Encoding): Writer {
  if (encoding === 'quoted-printable') return quotedWriter();
  return plainWriter(encoding === '8bit' ? '\r\n' : '\n');
}

function plainWriter(lineEnd: string): Writer {
  let parts: Buffer[] = [];
  let patches = noPatches();
  let at = 0;
  const add = (bytes: Buffer): void => {
    parts.push(bytes);
    at += bytes.length;
  };
  return {
    text: (piece) => add(Buffer.from(piece.replaceAll('\r\n', '\n').replaceAll('\n', lineEnd))),
    gap(slot, length) {
      patches[slot].push(at);
      add(Buffer.alloc(length, 0x78));
    },
    end() {
      const done = { bytes: Buffer.concat(parts), patches };
      parts = [];
      patches = noPatches();
      at = 0;
      return done;
    },
  };
}

/** A line holds 76 characters, its last one the `=` that continues it. */
const longest = 75;

/** Pieces are encoded one by one, so each ends with a soft line break unless a line has just begun. */
function quotedWriter(): Writer {
  let encoded = '';
  let patches = noPatches();
  let width = 0;
  const put = (token: string): void => {
    if (width + token.length > longest) {
      encoded += '=\r\n';
      width = 0;
    }
    // Some relays lose a dot at the start of a line; "F" of "From " some change (RFC 2049, section 3).
    encoded += width === 0 && token === '.' ? '=2E' : token;
    width += width === 0 && token === '.' ? 3 : token.length;
  };
  return {
    text(piece) {
      const lines = piece.replaceAll('\r\n', '\n').split('\n');
      for (const [index, line] of lines.entries()) {
        const isEnded = index < lines.length - 1;
        const bytes = Buffer.from(line);
        for (let at = 0; at < bytes.length; at++) {
          const isLastBlank = isEnded && at === bytes.length - 1 && (bytes[at] === 0x20 || bytes[at] === 0x09);
          put(isLastBlank ? (bytes[at] === 0x20 ? '=20' : '=09') : quotedBytes[bytes[at]!]!);
        }
        if (!isEnded) continue;
        encoded += '\r\n';
        width = 0;
      }
    },
    gap(slot, length) {
      if (width + length > longest) {
        encoded += '=\r\n';
        width = 0;
      }
      patches[slot].push(encoded.length);
      encoded += 'x'.repeat(length);
      width += length;
    },
    end() {
      const done = { bytes: Buffer.from(width > 0 ? `${encoded}=\r\n` : encoded, 'latin1'), patches };
      encoded = '';
      patches = noPatches();
      width = 0;
      return done;
    },
  };
}
