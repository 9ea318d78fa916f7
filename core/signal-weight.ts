// A signal and its age -> how much it counts: what the ranker reckons with and the preferences page shows.
import { signalKinds, type SignalKind } from './signal-kinds.ts';
import { dayMs } from './time.ts';

/** What somebody liked two months ago tells half as much. */
const halfLifeDays = 60;

/** -1 to 1, below 0 for a dislike; halved every 60 days. A signal from the future counts as one from now. */
export function signalWeight({ kind, at }: { kind: SignalKind; at: Date }, now: Date): number {
  return signalKinds[kind].weight * ageShare(at, now);
}

/** What is left of it, 0 to 1: halved every 60 days. */
export function ageShare(at: Date, now: Date): number {
  const ageDays = Math.max(0, now.getTime() - at.getTime()) / dayMs;
  return 0.5 ** (ageDays / halfLifeDays);
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
  const { weight } = signalKinds[kind];
  return weight < 0 ? 1 - weight : weight;
}
