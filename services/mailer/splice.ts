// Fragments and one reader's values -> the bytes of their letter, by copying.
import type { SlotName } from '../../core/letter/letter-slots.ts';
import type { FixedSlot, Fragment } from './encode-fragment.ts';

/** A buffer that is written from its start, and grows. */
export interface SpliceBuffer {
  bytes: Buffer;
  /** The same bytes. */
  view: DataView;
  at: number;
}

/** Letters are 40 to 100 KB. */
const firstBytes = 131_072;

/** An empty one. */
export function createScratch(): SpliceBuffer {
  return { ...room(firstBytes), at: 0 };
}

function room(length: number): Pick<SpliceBuffer, 'bytes' | 'view'> {
  const bytes = Buffer.allocUnsafeSlow(length);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, length) };
}

/** A value of known length, four bytes a word, little end first; the last word holds the last four bytes. */
export interface FixedValue {
  bytes: Buffer;
  words: number[];
}

/** ASCII as it is patched in. */
export function fixedValue(text: string): FixedValue {
  const bytes = Buffer.from(text, 'latin1');
  const words: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) words.push(bytes.readInt32LE(at));
  if (bytes.length > 4 && bytes.length % 4 !== 0) words.push(bytes.readInt32LE(bytes.length - 4));
  return { bytes, words };
}

/** Appends bytes. */
export function append(scratch: SpliceBuffer, bytes: Buffer): void {
  const end = scratch.at + bytes.length;
  if (end > scratch.bytes.length) grow(scratch, end);
  scratch.bytes.set(bytes, scratch.at);
  scratch.at = end;
}

/** What one reader's letter says in slots: the fixed ones as they are, the others encoded. */
export interface Values {
  fixed: Record<FixedSlot, FixedValue>;
  others: Partial<Record<SlotName, Buffer>>;
}

/** Appends a fragment, filled; throws for a slot without a value, which is a bug. */
export function splice(scratch: SpliceBuffer, fragment: Fragment, { fixed, others }: Values): void {
  for (const { bytes, patches, next } of fragment) {
    const start = scratch.at;
    append(scratch, bytes);
    const { view } = scratch;
    if (patches.token.length > 0) patch(view, { start, offsets: patches.token, value: fixed.token });
    if (patches.go.length > 0) patch(view, { start, offsets: patches.go, value: fixed.go });
    if (patches.number.length > 0) patch(view, { start, offsets: patches.number, value: fixed.number });
    if (next === null) continue;
    const value = others[next];
    if (!value) throw new Error(`the letter has no value for the slot "${next}"`);
    append(scratch, value);
  }
}

/** Word by word, which V8 compiles to plain stores: some 160 calls of `set` took a fifth of a letter of 60 KB. */
function patch(
  into: DataView,
  { start, offsets, value: { bytes, words } }: { start: number; offsets: number[]; value: FixedValue },
): void {
  const { length } = bytes;
  const whole = length >> 2;
  for (let at = 0; at < offsets.length; at++) {
    const to = start + offsets[at]!;
    if (whole === 0) for (let byte = 0; byte < length; byte++) into.setUint8(to + byte, bytes[byte]!);
    for (let word = 0; word < whole; word++) into.setInt32(to + 4 * word, words[word]!, true);
    if (words.length > whole) into.setInt32(to + length - 4, words[whole]!, true);
  }
}

function grow(scratch: SpliceBuffer, needed: number): void {
  const larger = room(Math.max(needed, scratch.bytes.length * 2));
  scratch.bytes.copy(larger.bytes, 0, 0, scratch.at);
  Object.assign(scratch, larger);
}
