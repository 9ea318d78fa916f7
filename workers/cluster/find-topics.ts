// stories with vectors -> topics: communities of the neighbour graph, the tiny ones merged into their nearest; pure.
import { normalise } from '../embed/embedder.ts';
import { findCommunities, type Edge } from './communities.ts';
import { cosine } from './knn.ts';
import { findNeighbours } from './neighbours.ts';

/** Neighbours per story on a large week; a small one has fewer, or its graph would be one community. */
const neighbourCount = 30;
const smallestNeighbourCount = 6;
/** A topic of fewer stories is no thread of the week. */
const smallestTopic = 3;
const smallestShare = 0.01;

/** The mean of vectors, at unit length. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]!;
  return normalise(mean);
}

/** The topics as lists of story numbers, the largest first; every story is in one. */
export async function findTopics(vectors: readonly Float32Array[]): Promise<number[][]> {
  const k = Math.min(neighbourCount, Math.max(smallestNeighbourCount, Math.round(vectors.length / 10)));
  const communities = findCommunities(vectors.length, await neighbourEdges(vectors, k));
  const topics = new Map<number, number[]>();
  communities.forEach((community, story) => topics.set(community, [...(topics.get(community) ?? []), story]));
  const merged = mergeTiny([...topics.values()], vectors);
  return merged
    .map((topic) => topic.toSorted((a, b) => a - b))
    .toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** Edges without a floor: a topic is wider than a story. */
async function neighbourEdges(vectors: readonly Float32Array[], k: number): Promise<Edge[]> {
  const itself = [...vectors.keys()];
  const { targets, cosines } = await findNeighbours({ queries: vectors, targets: vectors, k, excluded: itself });
  const edges = new Map<number, Edge>();
  targets.forEach((b, at) => {
    const a = Math.floor(at / k);
    const weight = cosines[at]!;
    if (b >= 0 && weight > 0) edges.set(Math.min(a, b) * vectors.length + Math.max(a, b), { a, b, weight });
  });
  return [...edges.values()];
}

/** Merges the smallest topic into the one with the nearest mean until all are large enough or one is left. */
function mergeTiny(topics: number[][], vectors: readonly Float32Array[]): number[][] {
  const enough = Math.max(smallestTopic, Math.ceil(vectors.length * smallestShare));
  let left = topics;
  while (left.length > 1) {
    const [tiny, ...others] = left.toSorted((a, b) => a.length - b.length || a[0]! - b[0]!) as [
      number[],
      ...number[][],
    ];
    if (tiny.length >= enough) break;
    const meanOf = (topic: number[]) => meanVector(topic.map((story) => vectors[story]!));
    const mean = meanOf(tiny);
    const nearest = others
      .map((topic) => ({ topic, likeness: cosine(mean, meanOf(topic)) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best)).topic;
    left = others.map((topic) => (topic === nearest ? [...topic, ...tiny] : topic));
  }
  return left;
}
