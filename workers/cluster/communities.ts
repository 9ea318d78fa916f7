// a weighted graph -> the communities in it, by the Leiden algorithm (Traag, Waltman, van Eck 2019); pure.
import { seededRandom } from '../../core/math/seeded-random.ts';
import { aggregate, graphOf, weighGroups, type EdgeList, type Graph } from './graph.ts';
import { refineCommunities, type NodeMoves } from './refine-communities.ts';
import { shuffle } from '../../core/math/shuffle.ts';

/** What is looked for. Each start is another order of chance; the best partition is kept. */
export interface CommunitySearch {
  resolution?: number;
  starts?: number;
}

/**
 * The community of each node: numbers from 0 in the order of first appearance. Nodes without an edge are alone. The measure
 * is modularity with a resolution (Reichardt, Bornholdt 2006): a higher one finds more and smaller communities.
 */
export function findCommunities(
  count: number,
  edges: EdgeList,
  { resolution = 1, starts = 1 }: CommunitySearch = {},
): Int32Array {
  const graph = graphOf(count, edges);
  const share = resolution / graph.strengths.reduce((sum, strength) => sum + strength, 0);
  return Array.from({ length: starts }, (_, start) => partition(graph, share, seededRandom(1 + start)))
    .map((communities) => ({ communities, quality: modularity(graph, communities, share) }))
    .reduce((best, next) => (next.quality > best.quality ? next : best)).communities;
}

/** From single nodes, until no node moves and no part can be gathered. */
function partition(all: Graph, share: number, random: () => number): Int32Array {
  let graph = all;
  let communities = numbersTo(all.count);
  /** The node of the present graph that stands for each of the first. */
  const standIns = numbersTo(all.count);
  for (;;) {
    moveNodes(graph, communities, { share, order: shuffle(numbersTo(graph.count), random) });
    const parts = inOrder(
      refineCommunities(graph, communities, { share, order: shuffle(numbersTo(graph.count), random) }),
    );
    const isDone = parts.every((part, node) => part === node);
    if (isDone) return inOrder(standIns.map((node) => communities[node]!));
    graph = aggregate(graph, parts);
    standIns.forEach((node, at) => (standIns[at] = parts[node]!));
    // Each part starts in the community it was found in.
    const inherited = new Int32Array(graph.count);
    parts.forEach((part, node) => (inherited[part] = communities[node]!));
    communities = inOrder(inherited);
  }
}

/** The weight inside the communities beyond what chance would put there, twice; larger is better. */
function modularity(
  { count, starts, targets, weights, strengths }: Graph,
  communities: Int32Array,
  share: number,
): number {
  const totals = new Float64Array(count);
  let inside = 0;
  for (let node = 0; node < count; node++) {
    totals[communities[node]!]! += strengths[node]!;
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      if (communities[targets[at]!] === communities[node]) inside += weights[at]!;
    }
  }
  return inside - share * totals.reduce((sum, total) => sum + total ** 2, 0);
}

/** Moves nodes to where modularity grows most, until none wants to; neighbours of one that moved are asked again. */
function moveNodes(graph: Graph, communities: Int32Array, { share, order }: NodeMoves): void {
  const { count, starts, targets, strengths } = graph;
  const totals = new Float64Array(count);
  const sizes = new Int32Array(count);
  communities.forEach((community, node) => {
    totals[community]! += strengths[node]!;
    sizes[community]!++;
  });
  const empty: number[] = [];
  sizes.forEach((size, community) => size === 0 && empty.push(community));
  const weigh = weighGroups(graph, communities);
  // A ring: no node waits in it twice.
  const queue = order.slice();
  const isWaiting = new Uint8Array(count).fill(1);
  for (let head = 0, waiting = count; waiting > 0; head = (head + 1) % count, waiting--) {
    const node = queue[head]!;
    isWaiting[node] = 0;
    const own = communities[node]!;
    totals[own]! -= strengths[node]!;
    if (--sizes[own]! === 0) empty.push(own);
    const { met, sums } = weigh(node);
    const gain = (community: number): number => sums[community]! - share * strengths[node]! * totals[community]!;
    let best = own;
    let most = gain(own);
    for (const community of met) if (gain(community) > most) [best, most] = [community, gain(community)];
    if (most < 0) best = empty.at(-1)!;
    // Only `own`, emptied just now, or the empty one just taken can be empty: both are the last.
    if (sizes[best]!++ === 0) empty.pop();
    totals[best]! += strengths[node]!;
    if (best === own) continue;
    communities[node] = best;
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      const neighbour = targets[at]!;
      if (communities[neighbour] === best || isWaiting[neighbour]) continue;
      isWaiting[neighbour] = 1;
      queue[(head + waiting++) % count] = neighbour;
    }
  }
}

function numbersTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, number) => number);
}

/** Groups numbered from 0 in the order of first appearance. */
function inOrder(groups: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}
