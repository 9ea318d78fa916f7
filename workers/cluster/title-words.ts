// a text -> its words as written, and which of them are names: words that a corpus has in capitals or with digits; pure.
import { foldCase, isUnspaced, wordFinder } from '../../core/text/words.ts';

/** A word of a title: folded to lower case, and whether it was written as names are. */
export interface TitleWord {
  word: string;
  isCapital: boolean;
  /** Whether it stands right behind the word before it in the list. */
  isNext: boolean;
}

const letter = /\p{L}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const longName = 8;
const pairsOf = wordFinder('');

/** The words of a text in order, without what stands in brackets ("(YC P26)", "[pdf]"). */
export function titleWords(text: string): TitleWord[] {
  const words: TitleWord[] = [];
  let [depth, isNext] = [0, false];
  for (const chunk of chunksOf(text)) {
    const opened = depth;
    for (const character of chunk) {
      if (character === '(' || character === '[') depth++;
      else if ((character === ')' || character === ']') && depth > 0) depth--;
    }
    const bare = opened > 0 || chunk.startsWith('(') || chunk.startsWith('[') ? '' : trimmed(chunk);
    const folded = withoutPossessive(foldCase(bare));
    if (isUnspaced(folded)) {
      for (const word of pairsOf(folded)) words.push({ word, isCapital: true, isNext: true });
    } else if (folded !== '') {
      words.push({ word: folded, isCapital: isWrittenAsName(bare), isNext });
      isNext = chunk.endsWith(bare);
      continue;
    }
    isNext = false;
  }
  return words;
}

/** "openai/whisper" is two words, "I/O" is one. */
function chunksOf(text: string): string[] {
  return text.split(/\s+/).flatMap((chunk) => (chunk.length < longName ? chunk : chunk.split('/')));
}

/** A capital, or a digit beside letters; a script without capitals cannot say, and every word of it may be one. */
function isWrittenAsName(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower === word.toUpperCase()) return letter.test(word);
  return word !== lower || /\d/.test(word);
}

function trimmed(chunk: string): string {
  let [from, to] = [0, chunk.length];
  while (from < to && !letterOrDigit.test(chunk[from]!)) from++;
  while (to > from && !letterOrDigit.test(chunk[to - 1]!)) to--;
  return chunk.slice(from, to);
}

function withoutPossessive(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}
