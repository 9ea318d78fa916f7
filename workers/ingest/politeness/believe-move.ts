// A permanent redirect -> how often it was seen in a row, and whether the source is to follow it; pure.
import { isSameOrigin } from '../../../core/network/same-origin.ts';
import type { SourceToCheck } from '../../../core/store/sources.ts';
import { dayMs } from '../../../core/time.ts';

/** What is looked at: where it is and where it was seen to lead. */
type Known = Pick<
  SourceToCheck,
  'url' | 'movedTo' | 'movedTimes' | 'movedSince' | 'refusedMoves' | 'headers' | 'secretHeader'
>;

/** A hotel's sign-in page redirects "permanently" too; three checks are hours apart. */
const timesToBelieve = 3;

/** Longer than a weekend on which nobody mends a site. */
const leastMsOfPage = 3 * dayMs;

export interface Move {
  movedTo: string | null;
  movedTimes: number;
  isBelieved: boolean;
}

/**
 * Counts a permanent redirect of a successful check. Never followed: the way from https to http, and the way to
 * another origin of a source with headers or a secret of its own, which would be sent there from then on; the way that a
 * curator took back.
 */
export function believeMove(source: Known, permanentUrl: string | undefined): Move {
  if (permanentUrl === undefined || permanentUrl === source.url || source.refusedMoves.includes(permanentUrl)) {
    return { movedTo: null, movedTimes: 0, isBelieved: false };
  }
  const movedTimes = permanentUrl === source.movedTo ? source.movedTimes + 1 : 1;
  const isPrivate = source.secretHeader !== null || Object.keys(source.headers).length > 0;
  const isDowngrade = source.url.startsWith('https:') && !permanentUrl.startsWith('https:');
  const mayFollow = !isDowngrade && (!isPrivate || isSameOrigin(source.url, permanentUrl));
  return { movedTo: permanentUrl, movedTimes, isBelieved: mayFollow && movedTimes >= timesToBelieve };
}

/**
 * Counts a page that stands where a feed was and names one, as maintenance and parked domains do: on another origin it is
 * never believed, on the source's own when it was seen as often as a redirect and for days. A redirect is counted when a
 * feed came from where it leads; a page says nothing but that this one is away.
 */
export function believePage(source: Known, { feedUrl, at }: { feedUrl: string; at: Date }): Move {
  if (!isSameOrigin(source.url, feedUrl)) return { movedTo: null, movedTimes: 0, isBelieved: false };
  const move = believeMove(source, feedUrl);
  const since = move.movedTimes > 1 ? (source.movedSince ?? at) : at;
  return { ...move, isBelieved: move.isBelieved && at.getTime() - since.getTime() >= leastMsOfPage };
}
