// A signal and its age -> how much it counts: what the ranker reckons with and the preferences page shows.

export type SignalKind = 'click' | 'like' | 'dislike' | 'save';

/** A click says "opened", not "wanted"; a like counts as much as an interest somebody took the time to write. */
const weights: Record<SignalKind, number> = { like: 1, save: 0.8, click: 0.3, dislike: -1 };
/** What somebody liked two months ago tells half as much. */
const halfLifeDays = 60;
const dayMs = 86_400_000;

/** -1 to 1, below 0 for a dislike; halved every 60 days. A signal from the future counts as one from now. */
export function signalWeight({ kind, at }: { kind: SignalKind; at: Date }, now: Date): number {
  const ageDays = Math.max(0, now.getTime() - at.getTime()) / dayMs;
  return weights[kind] * 0.5 ** (ageDays / halfLifeDays);
}

/** The one signal that stands for each story, in the order of their first signals: a dislike wins, else the strongest kind. */
export function standingSignals<Signal extends { storyId: number; kind: SignalKind }>(
  signals: readonly Signal[],
): Signal[] {
  const standing = new Map<number, Signal>();
  for (const signal of signals) {
    const known = standing.get(signal.storyId);
    if (!known || strengthOf(signal.kind) > strengthOf(known.kind)) standing.set(signal.storyId, signal);
  }
  return [...standing.values()];
}

function strengthOf(kind: SignalKind): number {
  return kind === 'dislike' ? 2 : weights[kind];
}
