// stories with vectors -> topics: communities of the neighbour graph, the tiny ones merged, the huge ones taken apart; pure.
import { communitiesAmong, divideTopics } from './divide-topics.ts';
import type { EdgeList } from './graph.ts';
import { innerProduct, meanDirection } from '../../core/math/vectors.ts';
import { findNeighbours } from '../../core/math/find-neighbours.ts';
import { wordNeighbours } from './word-neighbours.ts';
import { weighWords, wordOverlap, type WeighedWords } from './word-overlap.ts';

/** Neighbours per story on a large week; a small one has fewer, or its graph would be one community. */
const neighbourCount = 30;
const smallestNeighbourCount = 6;
/** What shared words count beside vectors; .5 to .7 differ by .01 at most on the public sets, one way on one and the other on the next. */
const wordShare = 0.6;
/**
 * Two runs of Leiden on one graph differ by .01 to .02 of V; the best of eight by less, and it is better than their mean.
 * A large graph has fewer starts: so many edges are looked at in all.
 */
const mostStarts = 8;
const edgesOfStarts = 2_000_000;
/** A broad topic is divided in twelve ways: six name .5 and 1.5 % fewer stories of two weeks. */
const mostWays = 12;
/** A topic of fewer stories is no thread of the week. */
const smallestTopic = 3;
const smallestShare = 0.01;
/** A topic of more than a third of everything names nothing; below so many stories a third is a handful. */
const largestShare = 0.34;
const enoughToDivide = 60;

/** Broad topics as lists of story numbers, the largest first; every story is in one. `texts` are what the stories say. */
export async function findTopics(vectors: readonly Float32Array[], texts: readonly string[]): Promise<number[][]> {
  return broadTopics(vectors, await neighbourGraph(vectors, texts));
}

/** Topics in two steps: the broad ones, and within each those of a size that a person can follow, where `worthOf` is greatest (`divide-topics.ts`). */
export async function findNestedTopics(
  vectors: readonly Float32Array[],
  texts: readonly string[],
  worthOf: (topics: readonly (readonly number[])[]) => number,
): Promise<number[][][]> {
  const edges = await neighbourGraph(vectors, texts);
  const ascending = (topic: readonly number[]) => topic.toSorted((a, b) => a - b);
  return divideTopics(broadTopics(vectors, edges), { edges, vectors, ways: timesFor(edges, mostWays), worthOf }).map(
    (topics) => largestFirst(topics.map(ascending)),
  );
}

function neighbourGraph(vectors: readonly Float32Array[], texts: readonly string[]): Promise<EdgeList> {
  const k = Math.min(neighbourCount, Math.max(smallestNeighbourCount, Math.round(vectors.length / 10)));
  return neighbourEdges(vectors, weighWords(texts), k);
}

function broadTopics(vectors: readonly Float32Array[], edges: EdgeList): number[][] {
  const all = [...vectors.keys()];
  const divided = communitiesAmong(all, edges, timesFor(edges, mostStarts)).flatMap((topic) =>
    topic.length >= enoughToDivide && topic.length > vectors.length * largestShare
      ? communitiesAmong(topic, edges, mostStarts)
      : [topic],
  );
  return largestFirst(mergeTiny(divided, vectors).map((topic) => topic.toSorted((a, b) => a - b)));
}

function timesFor({ a }: EdgeList, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(edgesOfStarts / a.length)));
}

function largestFirst(topics: readonly number[][]): number[][] {
  return topics.toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** Neighbours by vector and by words, without a floor: a topic is wider than a story. A weight is the mean of both cosines by `wordShare`. */
async function neighbourEdges(vectors: readonly Float32Array[], words: WeighedWords, k: number): Promise<EdgeList> {
  const itself = [...vectors.keys()];
  const near = await findNeighbours({ queries: vectors, targets: vectors, k, excluded: itself });
  const rows = [near.targets, wordNeighbours(words, itself, k).targets];
  const isNeighbour = (a: number, b: number): boolean =>
    rows.some((targets) => targets.subarray(a * k, a * k + k).includes(b));
  const most = rows.length * vectors.length * k;
  const [from, to, weights] = [new Int32Array(most), new Int32Array(most), new Float32Array(most)];
  let count = 0;
  for (const a of itself) {
    const seen = new Set(rows.flatMap((targets) => [...targets.subarray(a * k, a * k + k)]));
    for (const b of seen) {
      // An edge of two who name each other is added by the first.
      if (b < 0 || (b < a && isNeighbour(b, a))) continue;
      const weight = (1 - wordShare) * innerProduct(vectors[a]!, vectors[b]!) + wordShare * wordOverlap(words, a, b);
      if (weight <= 0) continue;
      [from[count], to[count], weights[count]] = [a, b, weight];
      count++;
    }
  }
  return { a: from.slice(0, count), b: to.slice(0, count), weights: weights.slice(0, count) };
}

/** Merges the smallest topic into the one with the nearest mean until all are large enough or one is left. */
function mergeTiny(topics: readonly number[][], vectors: readonly Float32Array[]): number[][] {
  const enough = Math.max(smallestTopic, Math.ceil(vectors.length * smallestShare));
  const meanOf = (stories: readonly number[]) => meanDirection(stories.map((story) => vectors[story]!));
  let left = topics.map((stories) => ({ stories, mean: meanOf(stories) }));
  while (left.length > 1) {
    left.sort((a, b) => a.stories.length - b.stories.length || a.stories[0]! - b.stories[0]!);
    const [tiny, ...others] = left as [(typeof left)[0], ...typeof left];
    if (tiny.stories.length >= enough) break;
    const nearest = others
      .map((topic) => ({ topic, likeness: innerProduct(tiny.mean, topic.mean) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best)).topic;
    nearest.stories = [...nearest.stories, ...tiny.stories];
    nearest.mean = meanOf(nearest.stories);
    left = others;
  }
  return left.map(({ stories }) => stories);
}
