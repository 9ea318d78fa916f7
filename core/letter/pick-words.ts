// The words under a pick wherever it is shown: in the letter, its proof, the reader's pages and the private feed.
import type { Reason } from './pick-reason.ts';
import { signalWord } from '../signal-words.ts';
import { english, type Words } from '../words.ts';

/** A reason in words: "matches 'speech'". */
export function reasonWords(reason: Reason, words: Words = english): string {
  const { code, ...named } = reason;
  const because =
    reason.code === 'signal' || reason.code === 'topic' ? signalWord(reason.signal, 'because', words) : '';
  const isSame = reason.code === 'follows' && reason.topic.toLowerCase() === reason.words.toLowerCase() ? 'yes' : 'no';
  return words.say(`reason.${code}`, { ...named, because, isSame });
}

/** The line for one pick; null for picks made before every pick had a reason. */
export function pickLine(
  { reason, updated }: { reason: Reason | null; updated?: boolean },
  words: Words = english,
): string | null {
  const line = reason && reasonWords(reason, words);
  if (!updated) return line;
  return [words.say('letter.updated'), ...(line === null ? [] : [line])].join(' \u00b7 ');
}

/** "Nothing on knitting and medieval law this week."; empty where every interest has something. */
export function unmetWords(interests: readonly string[], words: Words = english): string {
  return interests.length === 0 ? '' : words.say('letter.unmet', { interests: words.list(interests) });
}
