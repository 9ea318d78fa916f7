// What whoever is asked for papers by number is given, and gives.
import type { House } from '../../../core/house.ts';
import type { FetchContext } from '../fetch-source.ts';
import type { Reading } from '../read-in-thread.ts';

export type PaperFetchContext = Omit<FetchContext, 'record' | 'oaiUrl'>;

/** Asks for papers by their keys; what is known there, read and cleaned, and the source it belongs to. Undefined: none of them is. */
export type AskForPapers = (
  house: House,
  keys: readonly string[],
  fetching: PaperFetchContext,
) => Promise<{ source: { kind: 'arxiv' | 'feed'; url: string }; feed: Reading } | undefined>;
