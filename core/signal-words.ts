// A signal -> what its button, its page and a reason say of it in a language; English as the table of signals has it.
import { signalKinds, type SignalButton, type SignalKind } from './signal-kinds.ts';
import { english, type Words } from './words.ts';
import { capitalise } from './text/capitalise.ts';

/** What the table says of a signal itself, and of its button. */
type SignalText = 'did' | 'because' | keyof SignalButton;

/** In words; empty for a button that the signal does not have. */
export function signalWord(kind: SignalKind, name: SignalText, words: Words = english): string {
  const row = signalKinds[kind];
  const text = name === 'did' || name === 'because' ? row[name] : (row.button?.[name] ?? '');
  return words.sayOr(`signal.${kind}${capitalise(name)}`, text);
}
