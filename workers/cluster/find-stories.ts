// items with vectors -> stories: what curators said, identifiers, then communities of near neighbours; pure.
import { isBetweenPapers } from './between-papers.ts';
import { cohesionBy } from './cohesion.ts';
import { findCommunities } from './communities.ts';
import { edgeList, type Edge } from './graph.ts';
import { unionFind, type UnionFind } from './union-find.ts';
import { sharedKeys, soleMentions, type NamelessKeys, type LinkedPair } from './linkage.ts';
import { nearPairs } from './near-pairs.ts';
import { isSettled, keptApart, papersApart, promisedApart, settledApart, toolsApart } from './rules.ts';
import type { Decisions, StoryCandidate, Rule } from './rules.ts';
import { vouchingAmong } from './vouching.ts';

/** The items of one story, by number, each with how it came in. */
export type StoryOfWindow = { item: number; why: 'link' | 'near' | 'curator' }[];

/** Items, and what curators said of them. */
export interface StorySearch extends Decisions {
  items: readonly StoryCandidate[];
  /** Addresses and repositories that join nothing. */
  nameless?: NamelessKeys;
}

/**
 * One setting for every field; B3 / pairwise F1 with it: a week .971 / .869, fragments of papers .977 / .897; of news, split in two
 * halves by story, .923 / .899 and .931 / .932, their leads alone .880 / .852 and .886 / .861. `wordShare`: what shared words count beside vectors. `resolution`: at 1 Leiden cuts
 * large stories in pieces (tweets: pairwise .79 instead of .82).
 */
const measured = { k: 15, wordShare: 0.5, resolution: 0.3 };

/** Every item in exactly one story; the order of items decides nothing but ties. */
export async function findStories({ items, nameless, together, apart }: StorySearch): Promise<StoryOfWindow[]> {
  const groups = unionFind(items.length);
  const why = new Map<number, 'link' | 'curator'>();
  const isKeptApart = keptApart(apart);
  const link = (pair: LinkedPair, reason: 'link' | 'curator'): void => {
    groups.join(...pair);
    // Said of those too that a settled story holds already.
    for (const item of pair) if (why.get(item) !== 'curator') why.set(item, reason);
  };
  for (const pair of together) link(pair, 'curator');
  joinSettled(items, groups, isKeptApart);
  const mayJoin = ([a, b]: LinkedPair, rules: readonly Rule[]): boolean => {
    const [left, right] = [groups.members(a), groups.members(b)];
    if (groups.of(a) === groups.of(b) || isKeptApart(left, right)) return false;
    const [lefts, rights] = [left, right].map((members) => members.map((item) => items[item]!)) as [
      StoryCandidate[],
      StoryCandidate[],
    ];
    return !rules.some((rule) => rule(lefts, rights));
  };
  const isOne = ([a, b]: LinkedPair): boolean => groups.of(a) === groups.of(b);
  for (const pair of sharedKeys(items, nameless)) if (isOne(pair) || mayJoin(pair, [promisedApart])) link(pair, 'link');
  for (const pair of soleMentions(items, nameless)) if (mayJoin(pair, [promisedApart, papersApart])) link(pair, 'link');
  await joinAlike(items, groups, mayJoin);
  return storiesOf(items.length, groups, why);
}

/** Joins what reads alike, nearest first, where more than likeness says so. */
async function joinAlike(
  items: readonly StoryCandidate[],
  groups: UnionFind,
  mayJoin: (pair: LinkedPair, rules: readonly Rule[]) => boolean,
): Promise<void> {
  const asked = new Set([...items.keys()].filter((item) => items[item]!.story === null && !items[item]!.isBackground));
  const near = await nearPairs(items, asked, measured);
  const pairs = near.pairs.filter(({ a, b }) => !items[a]!.isBackground && !items[b]!.isBackground);
  const cohere = cohesionBy(near.aboveChance);
  const isBetween = isBetweenPapers({ items, pairs, aboveChance: near.aboveChance });
  const { isLinked, isVouched } = vouchingAmong(items, near.aboveChance);
  for (const { a, b } of insideCommunities(groups, items.length, pairs)) {
    const [left, right] = [groups.members(a), groups.members(b)];
    const some = (holds: (one: number, other: number) => boolean): boolean =>
      left.some((one) => right.some((other) => holds(one, other)));
    const rules = [papersApart, toolsApart, some(isLinked) ? settledApart : isSettled];
    if (!mayJoin([a, b], rules) || !some(isVouched)) continue;
    if (cohere(left, right) && !isBetween(left, right)) groups.join(a, b);
  }
}

/** Settled stories stand, but for what a curator took out of them. */
function joinSettled(
  items: readonly StoryCandidate[],
  groups: UnionFind,
  isKeptApart: (left: readonly number[], right: readonly number[]) => boolean,
): void {
  const held = new Map<number, number[]>();
  items.forEach(({ story }, item) => {
    if (story === null) return;
    const others = held.get(story) ?? [];
    const home = others.find((other) => !isKeptApart(groups.members(other), groups.members(item)));
    if (home !== undefined) groups.join(home, item);
    held.set(story, [...others, item]);
  });
}

/** The near pairs whose groups fall into one community, nearest first. */
function insideCommunities(groups: UnionFind, count: number, pairs: readonly Edge[]): Edge[] {
  const between = pairs.filter(({ a, b }) => groups.of(a) !== groups.of(b));
  const edges = new Map<number, Edge>();
  for (const { a, b, weight } of between) {
    const [from, to] = [groups.of(a), groups.of(b)].toSorted((x, y) => x - y) as [number, number];
    const key = from * count + to;
    // Nearest first: a later edge of the same groups is a weaker one.
    if (!edges.has(key)) edges.set(key, { a: from, b: to, weight });
  }
  const community = findCommunities(count, edgeList([...edges.values()]), measured);
  return between.filter(({ a, b }) => community[groups.of(a)] === community[groups.of(b)]);
}

function storiesOf(count: number, groups: UnionFind, why: ReadonlyMap<number, 'link' | 'curator'>): StoryOfWindow[] {
  const stories = new Map<number, StoryOfWindow>();
  for (let item = 0; item < count; item++) {
    const story = stories.get(groups.of(item)) ?? [];
    story.push({ item, why: why.get(item) ?? 'near' });
    stories.set(groups.of(item), story);
  }
  return [...stories.values()];
}
