// two groups of items -> may they become one story, however alike they read; pure.
import { innerProduct } from '../../core/math/vectors.ts';
import type { StoryItemKind } from '../../core/item-kinds.ts';
import type { Linked, LinkedPair } from './linkage.ts';
import type { Embedded } from './near-pairs.ts';
import type { ItemHead } from './rarity.ts';

/** An item that may join a story. */
export interface StoryCandidate extends Linked, Embedded {
  kind: StoryItemKind;
  /** The story it is settled in; null for one that is new or joined a short while ago. */
  story: number | null;
  /** True when readers were promised its story as it is. */
  promised: boolean;
  /** True of what was old when it arrived: it joins by links, and likeness to it joins nothing. */
  isBackground?: boolean;
  /** What must say more than likeness before it joins others; not given where a text is all there is. */
  head?: ItemHead;
}

/** What curators said of two items, by number: one story, or two. */
export interface Decisions {
  together: readonly LinkedPair[];
  apart: readonly LinkedPair[];
}

/** Two papers are two stories unless their texts are all but the same: one paper announced twice. */
const samePaper = 0.93;

export type Rule = (left: readonly StoryCandidate[], right: readonly StoryCandidate[]) => boolean;

/** True when both hold items of stories that readers were promised, and not of the same. */
export const promisedApart: Rule = (left, right) => {
  const [one, other] = [left, right].map((items) => items.find(({ promised }) => promised)?.story);
  return one !== undefined && other !== undefined && one !== other;
};

/** True when both hold items that are settled, and not in the same story. */
export const settledApart: Rule = (left, right) => {
  const [one, other] = [left, right].map((items) => items.find(({ story }) => story !== null)?.story);
  return one !== undefined && other !== undefined && one !== other;
};

/** True when one of them is settled: it grows by certain links, not by likeness. */
export const isSettled: Rule = (left, right) => [...left, ...right].some(({ story }) => story !== null);

/** True when each holds a paper, and the papers differ: in number, or else in what they say. */
export const papersApart: Rule = (left, right) => {
  const numbersOf = (items: readonly StoryCandidate[]) =>
    items.flatMap(({ keys }) => keys.filter((key) => key.startsWith('arxiv:')));
  const others = numbersOf(right);
  const numbers = numbersOf(left);
  if (numbers.length > 0 && others.length > 0) return !numbers.some((number) => others.includes(number));
  const papersOf = (items: readonly StoryCandidate[]) => items.filter(({ kind }) => kind === 'paper');
  return papersOf(left).some((one) =>
    papersOf(right).some((other) => innerProduct(one.vector, other.vector) < samePaper),
  );
};

/** True when each is about a repository, and not the same: two tools, however alike they describe themselves. */
export const toolsApart: Rule = (left, right) => {
  const toolsOf = (items: readonly StoryCandidate[]) =>
    items.flatMap(({ keys }) => keys.filter((key) => key.startsWith('repo:')));
  const others = toolsOf(right);
  const tools = toolsOf(left);
  return tools.length > 0 && others.length > 0 && !tools.some((key) => others.includes(key));
};

/** A test whether a curator keeps two lists of items apart. */
export function keptApart(
  apart: readonly LinkedPair[],
): (left: readonly number[], right: readonly number[]) => boolean {
  const others = new Map<number, Set<number>>();
  const add = (a: number, b: number): unknown => others.set(a, (others.get(a) ?? new Set()).add(b));
  for (const [a, b] of apart) {
    add(a, b);
    add(b, a);
  }
  return (left, right) => left.some((item) => right.some((other) => others.get(item)?.has(other)));
}
