// The items of this installation -> a fit, in a worker thread, which opens the word table for itself.
import type { Fit } from '../../core/embedder/fit.ts';
import { fitTexts } from './fit-texts.ts';
import { openWordTable } from '../../core/embedder/open-word-table.ts';

/** Fits the shipped table on these texts; the task of a thread. */
export function fitCorpus(texts: readonly string[]): Fit {
  return fitTexts(texts, openWordTable());
}
