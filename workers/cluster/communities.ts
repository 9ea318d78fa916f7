// a weighted graph -> the communities in it: Louvain with chance that repeats; pure.
import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import { seededRandom } from '../embed/seeded-random.ts';

/** A CommonJS module whose types promise a `default` that is not there at run time. */
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** An undirected edge between two of `count` nodes, with a weight above 0. */
export interface Edge {
  a: number;
  b: number;
  weight: number;
}

/** The community of each node: numbers from 0 in the order of first appearance. Nodes without an edge are alone. */
export function findCommunities(count: number, edges: readonly Edge[], resolution = 1): Int32Array {
  const graph = new UndirectedGraph();
  for (let node = 0; node < count; node++) graph.addNode(node);
  for (const { a, b, weight } of edges) graph.mergeUndirectedEdge(a, b, { weight });
  const found = louvain(graph, { resolution, rng: seededRandom(1), getEdgeWeight: 'weight' });
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: count }, (_, node) => {
    const community = found[node]!;
    if (!numbers.has(community)) numbers.set(community, numbers.size);
    return numbers.get(community)!;
  });
}
