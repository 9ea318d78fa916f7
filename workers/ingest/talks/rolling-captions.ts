// Captions that roll or grow, a cue showing again what the one before showed -> every word once; pure.
import type { Cue, ShownCue } from './cue.ts';
import { collapseSpaces } from '../../../core/text/collapse-spaces.ts';

/** Cues farther apart do not show the same words, they are said again; two frames of a film are 83 ms. */
const touchS = 0.25;
/** Fewer words that end one cue and begin the next, neither a whole line, were said twice ("had had"). */
const leastWords = 2;

const unspaced = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Khmer', 'Lao', 'Myanmar']
  .map((name) => `\\p{Script=${name}}`)
  .join('');
const word = new RegExp(`[${unspaced}]|[^\\s${unspaced}]+`, 'gu');

interface Word {
  text: string;
  /** Where it begins in its cue. */
  at: number;
}

/**
 * Leaves of each cue what the cue before does not show at its end: the longest run of lines or of words that ends all lines of
 * the one and begins those of the other, where the two touch in time. Cues that show nothing new are left out.
 */
export function withoutRolling(cues: readonly ShownCue[]): Cue[] {
  let before: { endS: number; lines: string[]; words: Word[] } | undefined;
  return cues.flatMap(({ startS, endS, text }) => {
    const lines = text.split('\n').flatMap((line) => collapseSpaces(line) || []);
    const shown = lines.join(' ');
    const words = wordsIn(shown);
    const touches = before !== undefined && startS <= before.endS + touchS;
    const known = touches && before ? Math.max(sharedLines(before.lines, lines), sharedWords(before.words, words)) : 0;
    before = { endS, lines, words };
    const fresh = known === 0 ? shown : shown.slice(words[known]?.at ?? shown.length);
    return fresh === '' ? [] : [{ startS, text: fresh }];
  });
}

/** Words, and single characters of scripts that put no space between words. */
function wordsIn(text: string): Word[] {
  return [...text.matchAll(word)].map((match) => ({ text: match[0], at: match.index }));
}

/** How many words the lines have with which `before` ends and `after` begins. */
function sharedLines(before: readonly string[], after: readonly string[]): number {
  const shared = longestOverlap(before, after);
  return wordsIn(after.slice(0, shared).join(' ')).length;
}

function sharedWords(before: readonly Word[], after: readonly Word[]): number {
  const shared = longestOverlap(
    before.map(({ text }) => text),
    after.map(({ text }) => text),
  );
  // A cue that grows begins with all of the one before, be that a single word.
  return shared === before.length || shared >= leastWords ? shared : 0;
}

/** The length of the longest end of `before` that begins `after`, in time that grows with their sum (Knuth, Morris, Pratt). */
function longestOverlap(before: readonly string[], after: readonly string[]): number {
  const end = before.slice(-after.length);
  const borders: number[] = [];
  const step = (length: number, next: string | undefined): number => {
    let at = length;
    while (at > 0 && (at === after.length || after[at] !== next)) at = borders[at - 1]!;
    return after[at] === next ? at + 1 : at;
  };
  after.forEach((next, at) => borders.push(at === 0 ? 0 : step(borders[at - 1]!, next)));
  return after.length === 0 ? 0 : end.reduce(step, 0);
}
