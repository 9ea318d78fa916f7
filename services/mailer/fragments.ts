// Compiled parts of a letter -> fragments that are filled for one reader by copying bytes.
import type { SlotName, Slots } from '../../core/letter-slots.ts';

/** What stands in the slots of one reader's letter. */
export type SlotValues = Partial<Record<SlotName, string>>;

/** Appends the part, filled with `values`, to `into`; throws for a slot without a value, which is a bug. */
export type Fragment = (values: SlotValues, into: Buffer[]) => void;

/** A fragment of 7-bit markup; the values must be 7-bit markup too. Static bytes are made once, not per reader. */
export function htmlFragment(html: string, slots: Slots): Fragment {
  // split() with a group puts the names at the odd places.
  const pieces = html
    .split(slots.pattern)
    .map((piece, index) => (index % 2 === 1 ? piece : Buffer.from(piece, 'latin1')));
  return (values, into) => {
    for (const piece of pieces)
      into.push(typeof piece === 'string' ? Buffer.from(valueOf(values, piece), 'latin1') : piece);
  };
}

/** A fragment of plain text: lines without a slot are encoded once, the others for each reader. */
export function textFragment(text: string, slots: Slots, encode: (lines: string) => string): Fragment {
  const runs = text
    .split(/(?<=\n)/)
    .map((line) => (line.search(slots.pattern) >= 0 ? line : Buffer.from(encode(line))));
  return (values, into) => {
    for (const run of runs) {
      if (typeof run !== 'string') into.push(run);
      else into.push(Buffer.from(encode(run.replace(slots.pattern, (_, name: string) => valueOf(values, name)))));
    }
  };
}

function valueOf(values: SlotValues, name: string): string {
  const value = values[name as SlotName];
  if (value === undefined) throw new Error(`the letter has no value for the slot "${name}"`);
  return value;
}
