// What a reader pressed under a story -> its buttons: one that was pressed says so and takes it back; pure.
import { signalButtons } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import type { Words } from '../../core/words.ts';

/** In the order in which every letter has them. */
export function showButtons(given: readonly string[], words: Words) {
  return signalButtons.map(({ kind }) => {
    const isGiven = given.includes(kind);
    return { kind, isGiven, words: signalWord(kind, isGiven ? 'given' : 'words', words) };
  });
}
