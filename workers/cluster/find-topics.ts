// stories with vectors -> topics: communities of the neighbour graph, the tiny ones merged, the huge ones taken apart; pure.
import { normalise } from '../embed/embedder.ts';
import { findCommunities, type Edge } from './communities.ts';
import { cosine } from './knn.ts';
import { findNeighbours } from './neighbours.ts';
import { wordNeighbours } from './word-neighbours.ts';
import { weighWords, wordOverlap, type WeighedWords } from './word-overlap.ts';

/** Neighbours per story on a large week; a small one has fewer, or its graph would be one community. */
const neighbourCount = 30;
const smallestNeighbourCount = 6;
/** What shared words count beside vectors; .6 to .8 are alike on four draws of 70% of each set, .5 is .01 worse on 20 newsgroups. */
const wordShare = 0.7;
/** A topic of fewer stories is no thread of the week. */
const smallestTopic = 3;
const smallestShare = 0.01;
/** A topic of more than a third of everything names nothing; below so many stories a third is a handful. */
const largestShare = 0.34;
const enoughToDivide = 60;

/** The mean of vectors, at unit length. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]!;
  return normalise(mean);
}

/** The topics as lists of story numbers, the largest first; every story is in one. `texts` are what the stories say. */
export async function findTopics(vectors: readonly Float32Array[], texts: readonly string[]): Promise<number[][]> {
  const k = Math.min(neighbourCount, Math.max(smallestNeighbourCount, Math.round(vectors.length / 10)));
  const edges = await neighbourEdges(vectors, weighWords(texts), k);
  const found = communitiesOf(vectors.length, edges);
  const divided = found.flatMap((topic) =>
    topic.length >= enoughToDivide && topic.length > vectors.length * largestShare ? divide(topic, edges) : [topic],
  );
  return mergeTiny(divided, vectors)
    .map((topic) => topic.toSorted((a, b) => a - b))
    .toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** The communities of so many stories. */
function communitiesOf(count: number, edges: readonly Edge[]): number[][] {
  const topics: number[][] = [];
  findCommunities(count, edges).forEach((community, story) => (topics[community] ??= []).push(story));
  return topics;
}

/** The communities among some of the stories, by the edges inside. */
function divide(stories: readonly number[], edges: readonly Edge[]): number[][] {
  const places = new Map(stories.map((story, place) => [story, place]));
  const inside = edges.flatMap(({ a, b, weight }) => {
    const [from, to] = [places.get(a), places.get(b)];
    return from === undefined || to === undefined ? [] : [{ a: from, b: to, weight }];
  });
  return communitiesOf(stories.length, inside).map((topic) => topic.map((place) => stories[place]!));
}

/** Neighbours by vector and by words, without a floor: a topic is wider than a story. A weight is the mean of both cosines by `wordShare`. */
async function neighbourEdges(vectors: readonly Float32Array[], words: WeighedWords, k: number): Promise<Edge[]> {
  const itself = [...vectors.keys()];
  const near = await findNeighbours({ queries: vectors, targets: vectors, k, excluded: itself });
  const edges = new Map<number, Edge>();
  for (const { targets } of [near, wordNeighbours(words, itself, k)]) {
    targets.forEach((b, at) => {
      const a = Math.floor(at / k);
      const key = Math.min(a, b) * vectors.length + Math.max(a, b);
      if (b < 0 || edges.has(key)) return;
      const weight = (1 - wordShare) * cosine(vectors[a]!, vectors[b]!) + wordShare * wordOverlap(words, a, b);
      if (weight > 0) edges.set(key, { a, b, weight });
    });
  }
  return [...edges.values()];
}

/** Merges the smallest topic into the one with the nearest mean until all are large enough or one is left. */
function mergeTiny(topics: readonly number[][], vectors: readonly Float32Array[]): number[][] {
  const enough = Math.max(smallestTopic, Math.ceil(vectors.length * smallestShare));
  const meanOf = (stories: readonly number[]) => meanVector(stories.map((story) => vectors[story]!));
  let left = topics.map((stories) => ({ stories, mean: meanOf(stories) }));
  while (left.length > 1) {
    left.sort((a, b) => a.stories.length - b.stories.length || a.stories[0]! - b.stories[0]!);
    const [tiny, ...others] = left as [(typeof left)[0], ...typeof left];
    if (tiny.stories.length >= enough) break;
    const nearest = others
      .map((topic) => ({ topic, likeness: cosine(tiny.mean, topic.mean) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best)).topic;
    nearest.stories = [...nearest.stories, ...tiny.stories];
    nearest.mean = meanOf(nearest.stories);
    left = others;
  }
  return left.map(({ stories }) => stories);
}
