// communities -> the parts of each that hold together, the step that Leiden adds to Louvain; pure.
import { weighGroups, type Graph } from './graph.ts';

/** How nodes are moved: `share` is the resolution by twice the weight of all edges. */
export interface NodeMoves {
  share: number;
  order: Int32Array;
}

/**
 * From single nodes on, each joins the part of its community that it gains most from, when both are well connected to the
 * rest of it (Traag, Waltman, van Eck 2019, algorithm A.2, the best part instead of one by chance). A community whose
 * bridge moved away falls apart here, where Louvain would keep it. A part has the number of one of its nodes.
 */
export function refineCommunities(graph: Graph, communities: Int32Array, { share, order }: NodeMoves): Int32Array {
  const { count, starts, targets, weights, strengths } = graph;
  const parts = order.toSorted();
  const totals = strengths.slice();
  const sizes = new Int32Array(count).fill(1);
  const wholes = new Float64Array(count);
  /** The weight of the edges from each part to the rest of its community. */
  const outwards = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    wholes[communities[node]!]! += strengths[node]!;
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      if (communities[targets[at]!] === communities[node]) outwards[node]! += weights[at]!;
    }
  }
  const isConnected = (part: number): boolean =>
    outwards[part]! >= share * totals[part]! * (wholes[communities[part]!]! - totals[part]!);
  const weigh = weighGroups(graph, parts);
  for (const node of order) {
    // Still alone: the part of a single node has its number.
    if (parts[node] !== node || sizes[node] !== 1 || !isConnected(node)) continue;
    const { met, sums } = weigh(node);
    let best = node;
    let most = 0;
    for (const part of met) {
      if (communities[part] !== communities[node]) continue;
      const gain = sums[part]! - share * strengths[node]! * totals[part]!;
      if (gain > most && isConnected(part)) [best, most] = [part, gain];
    }
    if (best === node) continue;
    parts[node] = best;
    sizes[best]!++;
    totals[best]! += strengths[node]!;
    outwards[best]! += outwards[node]! - 2 * sums[best]!;
  }
  return parts;
}
