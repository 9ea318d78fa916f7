// What a card and a story's page say of an item beside its kind and source: cross-listed, updated; pure.
import type { ArxivAnnouncement } from '../store/items.ts';

export interface ItemState {
  announced: ArxivAnnouncement | null;
  /** Of a paper, as arXiv counts. */
  version: number | null;
  /** Whether its authors took it back. */
  withdrawn: boolean;
  /** Whether its publisher changed it since it was first here. */
  isChanged: boolean;
}

/** What a card says of a paper that is no more. */
export const withdrawnMark = 'withdrawn';

/** The marks in the order they are shown; none for what is new and as it first came. */
export function itemMarks({ announced, version, withdrawn, isChanged }: ItemState): string[] {
  return [
    ...(withdrawn ? [withdrawnMark] : []),
    ...(announced === 'cross' ? ['cross-listed'] : []),
    ...(isChanged ? [version !== null && version > 1 ? `updated to version ${version}` : 'updated'] : []),
  ];
}
