// Interests as somebody typed them, with commas or lines between -> one after another; pure.
import { oneLine } from '../one-line.ts';

/** Clean words, none empty; how many there may be, and how long, is for whoever asks. */
export function splitInterests(typed: string): string[] {
  return typed
    .split(/[,;，、\n]/)
    .map((word) => oneLine(word.replace(/\p{Cc}/gu, ' ')))
    .filter(Boolean);
}
