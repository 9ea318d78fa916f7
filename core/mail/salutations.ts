// Lines of a mail that say hello or goodbye and nothing else; pure.
import { closings, greetings } from './command-words.ts';

/** Words that may stand in a greeting: "Dear Courant team,". */
const mostGreeted = 5;
/** Chinese characters behind the word, which have no blanks to count: "尊敬的编辑老师们，你们好！". */
const mostBehind = 8;
/** "Many thanks and best regards, Ada" */
const mostClosed = 6;

/** Whether a line, as `foldWords` leaves it, greets: "dear courant team,". */
export function isGreeting(folded: string): boolean {
  const word = startOf(folded, greetings);
  if (word === undefined || folded.split(' ').length > mostGreeted) return false;
  return (folded.slice(word.length).match(/\p{Script=Han}/gu)?.length ?? 0) <= mostBehind;
}

/** Whether a line, as `foldWords` leaves it, ends a letter: "best regards, ada". */
export function isClosing(folded: string): boolean {
  return folded.split(' ').length <= mostClosed && startOf(folded, closings) !== undefined;
}

/** Which of the words it begins with; Chinese has no blank behind a word. */
function startOf(folded: string, words: readonly string[]): string | undefined {
  return words.find((word) => folded === word || (folded.startsWith(word) && (word.charCodeAt(0) >= 0x2e80 || ' ,!.'.includes(folded[word.length]!)))); // prettier-ignore
}
