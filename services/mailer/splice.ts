// Fragments and one reader's values -> the bytes of their letter, by copying.
import type { SlotName } from '../../core/letter-slots.ts';
import type { FixedSlot, Fragment } from './encode-fragment.ts';

/** A buffer that is written from its start, and grows. */
export interface Scratch {
  bytes: Buffer;
  at: number;
}

/** Letters are 40 to 100 KB. */
const firstBytes = 131_072;

/** An empty one. */
export function openScratch(): Scratch {
  return { bytes: Buffer.allocUnsafeSlow(firstBytes), at: 0 };
}

/** Appends bytes. */
export function append(scratch: Scratch, bytes: Buffer): void {
  const end = scratch.at + bytes.length;
  if (end > scratch.bytes.length) grow(scratch, end);
  scratch.bytes.set(bytes, scratch.at);
  scratch.at = end;
}

/** What one reader's letter says in slots: the fixed ones as they are, the others encoded. */
export interface Values {
  fixed: Record<FixedSlot, Buffer>;
  others: Partial<Record<SlotName, Buffer>>;
}

/** Appends a fragment, filled; throws for a slot without a value, which is a bug. */
export function splice(scratch: Scratch, fragment: Fragment, { fixed, others }: Values): void {
  for (const { bytes, patches, next } of fragment) {
    const start = scratch.at;
    append(scratch, bytes);
    if (patches.token.length > 0) patch(scratch.bytes, { start, offsets: patches.token, value: fixed.token });
    if (patches.go.length > 0) patch(scratch.bytes, { start, offsets: patches.go, value: fixed.go });
    if (patches.number.length > 0) patch(scratch.bytes, { start, offsets: patches.number, value: fixed.number });
    if (next === null) continue;
    const value = others[next];
    if (!value) throw new Error(`the letter has no value for the slot "${next}"`);
    append(scratch, value);
  }
}

/** `set`, since a loop over thirty bytes takes five times as long. */
function patch(into: Buffer, { start, offsets, value }: { start: number; offsets: number[]; value: Buffer }): void {
  for (let at = 0; at < offsets.length; at++) into.set(value, start + offsets[at]!);
}

function grow(scratch: Scratch, needed: number): void {
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, scratch.bytes.length * 2));
  scratch.bytes.copy(larger, 0, 0, scratch.at);
  scratch.bytes = larger;
}
