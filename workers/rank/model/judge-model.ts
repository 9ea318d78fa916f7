// Model x signals it never saw -> how well it finds them among all stories, each known by its words alone.
import { innerProduct } from '../../../core/math/vectors.ts';
import { openModel, type RankModel } from './rank-model.ts';
import type { TrainingInput, TrainingSignal } from './train-model.ts';

/** One signal in ten, always the same ones: no version was trained on them, so versions may be compared by them. */
const heldOutShare = 0.1;
const listed = 50;
/** Enough readers to tell .40 from .43. */
const mostReaders = 1_000;

/** Signals to train on, and those kept out of every training. */
export function holdOut(signals: readonly TrainingSignal[]): { training: TrainingSignal[]; heldOut: TrainingSignal[] } {
  const isHeldOut = ({ readerId, storyId }: TrainingSignal): boolean => chanceOf(readerId, storyId) < heldOutShare;
  return {
    training: signals.filter((signal) => !isHeldOut(signal)),
    heldOut: signals.filter(isHeldOut),
  };
}

export interface HeldOutInput extends Pick<TrainingInput, 'terms' | 'vectors'> {
  training: readonly TrainingSignal[];
  heldOut: readonly TrainingSignal[];
}

/**
 * Recall@50 of held-out signals, 0 to 1, mean over readers with signals on both sides. Every story counts as never read
 * (its factors are predicted), as those of next week will be; what a reader already gave a signal on is no candidate.
 */
export function judgeModel(model: RankModel, { terms, vectors, training, heldOut }: HeldOutInput): number {
  const open = openModel(model);
  const storyIds = [...terms.keys()];
  const predicted = storyIds.map((storyId) => open.predict(terms.get(storyId)!, vectors?.get(storyId)));
  const indices = new Map(storyIds.map((storyId, index) => [storyId, index]));
  const given = byReader(training);
  const wanted = [...byReader(heldOut)].filter(([readerId]) => given.has(readerId)).slice(0, mostReaders);
  let sum = 0;
  for (const [readerId, targets] of wanted) {
    const known = given.get(readerId)!.map(({ storyId, weight }) => {
      const index = open.indexOf(storyId);
      return { factors: index === undefined ? predicted[indices.get(storyId)!]! : open.factorsAt(index), weight };
    });
    const factors = open.fold(known);
    const scores = Float32Array.from(predicted, (story) => innerProduct(factors, story));
    for (const { storyId } of given.get(readerId)!) scores[indices.get(storyId)!] = -Infinity;
    const found = targets.filter(({ storyId }) => isAmongFirst(scores, indices.get(storyId)!));
    sum += found.length / targets.length;
  }
  return wanted.length === 0 ? 0 : sum / wanted.length;
}

function isAmongFirst(scores: Float32Array, index: number): boolean {
  const own = scores[index]!;
  return (
    scores.reduce((better, score, at) => better + (score > own || (score === own && at < index) ? 1 : 0), 0) < listed
  );
}

function byReader(signals: readonly TrainingSignal[]): Map<number, TrainingSignal[]> {
  const groups = new Map<number, TrainingSignal[]>();
  for (const signal of signals) {
    const group = groups.get(signal.readerId);
    if (group) group.push(signal);
    else groups.set(signal.readerId, [signal]);
  }
  return groups;
}

/** A number in [0, 1) that a reader and a story always get. */
function chanceOf(readerId: number, storyId: number): number {
  let hash = Math.imul(readerId, 0x9e37_79b1) ^ Math.imul(storyId, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
