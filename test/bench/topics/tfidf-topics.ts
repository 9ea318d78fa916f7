// The baseline that topics have to beat: TF-IDF, 30 nearest neighbours by exact cosine, Leiden at resolution 1.
import { findCommunities } from '../../../workers/cluster/communities.ts';
import { edgeList, type Edge } from '../../../workers/cluster/graph.ts';
import { wordNeighbours } from '../../../workers/cluster/word-neighbours.ts';
import { weighWords } from '../../../workers/cluster/word-overlap.ts';

const k = 30;

/** The communities of the texts as lists of their numbers. */
export function tfidfTopics(texts: readonly string[]): number[][] {
  const all = texts.map((_, text) => text);
  const { targets, cosines } = wordNeighbours(weighWords(texts), all, k);
  const edges = new Map<number, Edge>();
  targets.forEach((b, at) => {
    const a = Math.floor(at / k);
    if (b >= 0) edges.set(Math.min(a, b) * texts.length + Math.max(a, b), { a, b, weight: cosines[at]! });
  });
  const communities = findCommunities(texts.length, edgeList([...edges.values()]));
  const topics = all.map((): number[] => []);
  for (const text of all) topics[communities[text]!]!.push(text);
  return topics.filter((topic) => topic.length > 0);
}
