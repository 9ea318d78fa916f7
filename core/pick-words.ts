// The words under a pick wherever it is shown: in the letter, its proof, the reader's pages and the private feed.
import type { Reason } from './pick-reason.ts';
import { signalKinds } from './signal-kinds.ts';
import { say, sayList } from './words.ts';

/** A reason in words: "matches 'speech'". */
export function reasonWords(reason: Reason): string {
  const { code, ...named } = reason;
  // What a reader did is said as the table of signals says it.
  const because = reason.code === 'signal' ? signalKinds[reason.signal].because : '';
  return say(['reason', code], { ...named, because });
}

/** The line for one pick; null for picks made before every pick had a reason. */
export function pickLine({ reason, updated }: { reason: Reason | null; updated?: boolean }): string | null {
  const words = reason && reasonWords(reason);
  if (!updated) return words;
  return [say(['letter', 'updated']), ...(words === null ? [] : [words])].join(' \u00b7 ');
}

/** "Nothing on knitting and medieval law this week."; empty where every interest has something. */
export function unmetWords(interests: readonly string[]): string {
  return interests.length === 0 ? '' : say(['letter', 'unmet'], { interests: sayList(interests) });
}
