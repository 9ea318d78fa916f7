// Shares -> reason: the words under a personal pick, from what really moved its score and from nothing else.
import type { Facet } from './profile.ts';

/** A share below one standard deviation is noise, and a reader would not see why. */
const leastShare = 1;
const longestLabel = 70;

const openings: Record<Exclude<Facet['kind'], 'dislike'>, string> = {
  interest: 'because you follow',
  like: 'because you liked',
  save: 'because you saved',
  click: 'because you opened',
};

/** What a facet did for one story: its share of the score in standard deviations, and whether the story has its words. */
export interface Cause {
  share: number;
  hasWords: boolean;
}

/**
 * The reason for one story: the facet with the greatest share of its score when that is a real one; "editors' choice"
 * when nothing but their order speaks for it. A story that only reads like an interest, without its words, says so.
 */
export function reasonFor(facets: readonly Pick<Facet, 'kind' | 'label'>[], causes: readonly Cause[]): string {
  let best: string | undefined;
  let most = leastShare;
  facets.forEach(({ kind, label }, place) => {
    const { share, hasWords } = causes[place] ?? { share: 0, hasWords: false };
    if (kind === 'dislike' || share < most) return;
    const opening = kind === 'interest' && !hasWords ? 'close to what you follow:' : openings[kind];
    [best, most] = [`${opening} ${shorten(label)}`, share];
  });
  return best ?? "editors' choice";
}

function shorten(label: string): string {
  if (label.length <= longestLabel) return label;
  const cut = label.slice(0, longestLabel);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestLabel / 2)).trimEnd()}…`;
}
