// What whoever is asked for papers by number is given, and gives.
import type { House } from '../../../core/house.ts';
import type { Checking } from '../fetch-source.ts';
import type { Reading } from '../read-in-thread.ts';

export type Fetching = Omit<Checking, 'record' | 'oaiUrl'>;

/** Asks for papers by their keys; what is known there, read and cleaned, and the source it belongs to. Undefined: none of them is. */
export type AskForPapers = (
  house: House,
  keys: readonly string[],
  fetching: Fetching,
) => Promise<{ source: { kind: 'arxiv' | 'feed'; url: string }; feed: Reading } | undefined>;
