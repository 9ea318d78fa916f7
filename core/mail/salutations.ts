// Lines of a mail that say hello or goodbye and nothing else; pure.
import { closings, greetings } from './command-words.ts';

/** Words that may stand in a greeting: "Dear Courant team,". */
const mostGreeted = 5;
/** "Many thanks and best regards, Ada" */
const mostClosed = 6;

/** Whether a line, as `foldWords` leaves it, greets: "dear courant team,". */
export function isGreeting(folded: string): boolean {
  return folded.split(' ').length <= mostGreeted && startsWithOne(folded, greetings);
}

/** Whether a line, as `foldWords` leaves it, ends a letter: "best regards, ada". */
export function isClosing(folded: string): boolean {
  return folded.split(' ').length <= mostClosed && startsWithOne(folded, closings);
}

/** Chinese has no blank behind a word. */
function startsWithOne(folded: string, words: readonly string[]): boolean {
  return words.some((word) => folded === word || (folded.startsWith(word) && (word.charCodeAt(0) >= 0x2e80 || ' ,!.'.includes(folded[word.length]!)))); // prettier-ignore
}
