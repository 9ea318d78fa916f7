// the broad topics of a neighbour graph -> topics of a size that a person can follow, within them; pure.
import { findCommunities, type CommunitySearch } from './communities.ts';
import type { EdgeList } from './graph.ts';
import { innerProduct, meanDirection } from '../../core/math/vectors.ts';

/**
 * A topic has at most one in 45 of all stories, 45 where there are few: of the two weeks of the window some 60 of 2,700. At a thirtieth
 * the same stories had 40 topics instead of 50 to 60, "Segmentation" instead of "Brain tumor segmentation" and "Image registration".
 */
const [largest, largestShare] = [45, 1 / 45];
/** One of fewer than this share, or than three, is no topic of its own. */
const [smallest, smallestShare] = [3, 1 / 140];
/** Each try at a topic that stays whole looks for smaller communities. */
const [finer, mostTries] = [1.35, 8];
/** A broad topic is divided in several ways, each from a resolution so much finer than the last. */
const finerWay = 1.15;

/** How many stories a topic of so many has at most. */
export function largestTopic(stories: number): number {
  return Math.max(largest, Math.ceil(stories * largestShare));
}

interface Dividing {
  edges: EdgeList;
  vectors: readonly Float32Array[];
  /** In how many ways each broad topic is divided. */
  ways: number;
  /** How well a person finds the way among such topics; the best way is taken. */
  worthOf: (topics: readonly (readonly number[])[]) => number;
}

/**
 * The topics within each broad one, in its order; every story of it is in one of them. A broad one that is small enough stays. Modularity
 * hardly tells one way of dividing from the next, names do: of a week's 1,507 stories the first way left 23 % in parts that nothing names,
 * the best of twelve 11 %, and the parts are more alike within (cosine with their mean .480 and .485).
 */
export function divideTopics(
  broad: readonly (readonly number[])[],
  { edges, vectors, ways, worthOf }: Dividing,
): number[][][] {
  const most = largestTopic(vectors.length);
  const least = Math.max(smallest, Math.ceil(vectors.length * smallestShare));
  return broad.map(
    (stories) =>
      Array.from({ length: stories.length > most ? ways : 1 }, (_, way) =>
        mergeSmall(divide(stories, edges, { most, from: finerWay ** way }), { least, most, vectors }),
      )
        .map((topics) => ({ topics, worth: worthOf(topics) }))
        .reduce((best, next) => (next.worth > best.worth ? next : best)).topics,
  );
}

/** Communities among some of the stories, again and again until none is larger than `most`, each time from this resolution; what cannot be divided stays. */
function divide(stories: readonly number[], edges: EdgeList, search: { most: number; from: number }): number[][] {
  if (stories.length <= search.most) return [[...stories]];
  const inside = edgesWithin(stories, edges);
  for (let tried = 0, resolution = search.from; tried < mostTries; tried++, resolution *= finer) {
    const parts = communitiesOf(stories, inside, { resolution, starts: 4 });
    if (parts.length > 1) return parts.flatMap((part) => divide(part, edges, search));
  }
  return [[...stories]];
}

/** The communities among some of the stories, by the edges inside. */
export function communitiesAmong(stories: readonly number[], edges: EdgeList, starts: number): number[][] {
  return communitiesOf(stories, edgesWithin(stories, edges), { starts });
}

function communitiesOf(stories: readonly number[], inside: EdgeList, search: CommunitySearch): number[][] {
  const parts: number[][] = [];
  findCommunities(stories.length, inside, search).forEach((part, index) => (parts[part] ??= []).push(stories[index]!));
  return parts;
}

function edgesWithin(stories: readonly number[], { a, b, weights }: EdgeList): EdgeList {
  const indices = new Map(stories.map((story, index) => [story, index]));
  const inside = weights.map((_, edge) => Number(indices.has(a[edge]!) && indices.has(b[edge]!)));
  const indicesOf = (ends: Int32Array) => ends.filter((_, edge) => inside[edge]).map((story) => indices.get(story)!);
  return { a: indicesOf(a), b: indicesOf(b), weights: weights.filter((_, edge) => inside[edge]) };
}

interface Merging {
  least: number;
  most: number;
  vectors: readonly Float32Array[];
}

/** Gives each part below `least`, the smallest first, to the part with the nearest mean; to one that then stays below `most`, if there is one. */
function mergeSmall(parts: readonly number[][], { least, most, vectors }: Merging): number[][] {
  const meanOf = (stories: readonly number[]) => meanDirection(stories.map((story) => vectors[story]!));
  let left = parts.map((stories) => ({ stories, mean: meanOf(stories) }));
  while (left.length > 1) {
    left = left.toSorted((a, b) => a.stories.length - b.stories.length || a.stories[0]! - b.stories[0]!);
    const [small, ...others] = left as [(typeof left)[0], ...typeof left];
    if (small.stories.length >= least) break;
    const fitting = others.filter(({ stories }) => stories.length + small.stories.length <= most);
    const nearest = (fitting.length > 0 ? fitting : others)
      .map((part) => ({ part, likeness: innerProduct(small.mean, part.mean) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best)).part;
    nearest.stories = [...nearest.stories, ...small.stories];
    nearest.mean = meanOf(nearest.stories);
    left = others;
  }
  return left.map(({ stories }) => stories);
}
