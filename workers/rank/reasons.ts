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

/**
 * The reason for one story: the facet with the greatest share of its score when that is a real one; "editors' choice"
 * when nothing but their order speaks for it. `shares` holds one number for each facet, in standard deviations.
 */
export function reasonFor(facets: readonly Pick<Facet, 'kind' | 'label'>[], shares: readonly number[]): string {
  let best: string | undefined;
  let most = leastShare;
  facets.forEach(({ kind, label }, place) => {
    const share = shares[place] ?? 0;
    if (kind === 'dislike' || share < most) return;
    [best, most] = [`${openings[kind]} ${shorten(label)}`, share];
  });
  return best ?? "editors' choice";
}

function shorten(label: string): string {
  if (label.length <= longestLabel) return label;
  const cut = label.slice(0, longestLabel);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestLabel / 2)).trimEnd()}…`;
}
