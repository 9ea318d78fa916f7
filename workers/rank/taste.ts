// What curators approved, moved and removed -> a worth for any story: Bradley-Terry on features; pure.
import type { TastedStory, TasteWeights } from '../../core/store/tastes.ts';
import { fitBradleyTerry } from './bradley-terry.ts';

/** One story that a curator put before another. */
export interface PreferredStory {
  better: TastedStory;
  worse: TastedStory;
}

/** Against how many others each pick or removal is held: the nearest in the order, which were the real choice. */
const rivals = 20;
const freshnessHalfLifeDays = 3;

/**
 * The preferences in what curators did to their issues: what they removed stands behind what was kept, what they made a pick before
 * the pool, and what they moved before (or behind) what it passed. What was only left as it was suggested is nobody's choice. Stories come grouped by issue, in order of position.
 */
export function preferencesOf(stories: readonly TastedStory[]): PreferredStory[] {
  const issues = new Set(stories.map(({ issueId }) => issueId));
  return [...issues].flatMap((issueId) => preferencesIn(stories.filter((story) => story.issueId === issueId)));
}

function preferencesIn(stories: readonly TastedStory[]): PreferredStory[] {
  const of = (role: TastedStory['role']): TastedStory[] => stories.filter((story) => story.role === role);
  const nearest = (story: TastedStory, others: readonly TastedStory[]): TastedStory[] =>
    others
      .toSorted((a, b) => Math.abs(a.position - story.position) - Math.abs(b.position - story.position))
      .slice(0, rivals);
  const kept = stories.filter(({ role }) => role !== 'removed');
  return [
    ...of('removed').flatMap((worse) => nearest(worse, kept).map((better) => ({ better, worse }))),
    ...of('pick')
      .filter(({ promoted }) => promoted)
      .flatMap((better) => nearest(better, of('pool')).map((worse) => ({ better, worse }))),
    ...kept.flatMap((story) => passedBy(story, kept)),
    ...scoredPairs(kept),
  ];
}

/** In points of the rubric: less is what two curators differ by on the same story. */
const clearlyBetter = 0.5;

/** Of two stories that were scored the one that was clearly found better. */
function scoredPairs(kept: readonly TastedStory[]): PreferredStory[] {
  const scored = kept.flatMap((story) => (typeof story.score === 'number' ? [{ story, score: story.score }] : []));
  return scored.flatMap(({ story: better, score }) =>
    scored.filter((other) => score - other.score >= clearlyBetter).map(({ story: worse }) => ({ better, worse })),
  );
}

/** How many stories a curator removed, made a pick, moved or scored. */
function choicesIn(stories: readonly TastedStory[]): number {
  return stories.filter(({ role, promoted, moved, score }) => role === 'removed' || (role === 'pick' && promoted) || moved !== 0 || typeof score === 'number').length; // prettier-ignore
}

/** A story moved up by two was put before the two of its section that now follow it. */
function passedBy(story: TastedStory, kept: readonly TastedStory[]): PreferredStory[] {
  const section = kept.filter((other) => other.section === story.section);
  const index = section.indexOf(story);
  if (story.moved >= 0)
    return section.slice(index + 1, index + 1 + story.moved).map((worse) => ({ better: story, worse }));
  return section.slice(Math.max(0, index + story.moved), index).map((better) => ({ better, worse: story }));
}

/** What may speak for a story: breadth, freshness, kind, section and source; each about 0 to 3. */
export function featuresOf(story: TastedStory): TasteWeights {
  return {
    breadth: Math.log2(1 + story.weight),
    kinds: story.kinds - 1,
    freshness: 0.5 ** (story.ageDays / freshnessHalfLifeDays),
    [`kind:${story.kind}`]: 1,
    [`section:${story.section}`]: 1,
    [`source:${story.sourceId}`]: 1,
  };
}

/** The worth of a story: the inner product of its features and the weights; what was never seen counts nothing. */
export function tasteOf(story: TastedStory, weights: TasteWeights): number {
  return Object.entries(featuresOf(story)).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0);
}

/** Keeps a source seen twice from deciding alone. */
const ridge = 0.02;

/** What speaks for a story by these preferences: weights of its features. */
export function fitTaste(preferences: readonly PreferredStory[]): TasteWeights {
  const differences = preferences.map(({ better, worse }) => differenceOf(better, worse));
  const places = new Map<string, number>();
  for (const [name] of differences.flat()) if (!places.has(name)) places.set(name, places.size);
  const weights = fitBradleyTerry(
    differences.map((difference) => ({ at: difference.map(([name]) => places.get(name)!), by: difference.map(([, by]) => by) })), // prettier-ignore
    { size: places.size, ridge },
  );
  return Object.fromEntries([...places].map(([name, place]) => [name, weights[place]!]));
}

/** The share of pairs that the weights put in the curator's order; ties count half. */
export function accuracyOf(preferences: readonly PreferredStory[], weights: TasteWeights): number {
  const right = preferences.map(({ better, worse }) => (1 + Math.sign(tasteOf(better, weights) - tasteOf(worse, weights))) / 2); // prettier-ignore
  return right.reduce((sum, one) => sum + one, 0) / right.length;
}

function differenceOf(better: TastedStory, worse: TastedStory): [string, number][] {
  const [plus, minus] = [featuresOf(better), featuresOf(worse)];
  return [...new Set([...Object.keys(plus), ...Object.keys(minus)])]
    .map((name): [string, number] => [name, (plus[name] ?? 0) - (minus[name] ?? 0)])
    .filter(([, value]) => value !== 0);
}

/** Fewer held-out pairs say nothing about a taste. */
const fewestHeldOut = 10;

/**
 * Learns from all issues but the newest, tries it on that one, and then learns from all; `accuracy` is null when the
 * newest holds too few pairs, or there is no other. Kept unless it does worse than chance or nobody chose anything. Runs in a thread.
 */
export function learnTaste(stories: readonly TastedStory[]) {
  const preferences = preferencesOf(stories);
  const newest = Math.max(...stories.map(({ issueId }) => issueId));
  const heldOut = preferences.filter(({ better }) => better.issueId === newest);
  const before = preferences.filter(({ better }) => better.issueId !== newest);
  const canTell = heldOut.length >= fewestHeldOut && before.length > 0;
  const accuracy = canTell ? accuracyOf(heldOut, fitTaste(before)) : null;
  const kept = preferences.length > 0 && (accuracy ?? 1) > 0.5;
  return { pairs: preferences.length, choices: choicesIn(stories), accuracy, kept, weights: fitTaste(preferences) };
}

/** The greatest push, in standard deviations of a reader's score: below any real match of words. */
const strength = 0.4;
const farthest = 2;

/** The taste's view of a pool: z-scores cut at ±2, times .4; all 0 when it cannot tell them apart. */
export function tastePrior(worths: readonly number[]): Float64Array {
  const mean = worths.reduce((sum, worth) => sum + worth, 0) / (worths.length || 1);
  const deviation = Math.sqrt(worths.reduce((sum, worth) => sum + (worth - mean) ** 2, 0) / (worths.length || 1));
  return Float64Array.from(worths, (worth) =>
    deviation < 1e-9 ? 0 : strength * Math.max(-farthest, Math.min(farthest, (worth - mean) / deviation)),
  );
}

/** How much of the prior counts beside a profile: all for a reader nobody knows, half beside one like, a sixth beside five. */
export function thinness(facets: readonly { weight: number }[]): number {
  return 1 / (1 + facets.reduce((sum, { weight }) => sum + Math.abs(weight), 0));
}
