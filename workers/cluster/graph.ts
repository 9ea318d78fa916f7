// edges between numbered nodes -> for each node its neighbours in a row, as typed arrays; pure.

/** An undirected edge between two different nodes, with a weight above 0. */
export interface Edge {
  a: number;
  b: number;
  weight: number;
}

/** The same for millions: column by column. */
export interface EdgeList {
  a: Int32Array;
  b: Int32Array;
  weights: Float32Array;
}

/** Compressed rows: the neighbours of node n stand from starts[n] to starts[n + 1]; each edge is in two rows. */
export interface Graph {
  count: number;
  starts: Int32Array;
  targets: Int32Array;
  weights: Float32Array;
  /** The weights of a node's edges, and of the edges inside it when it stands for several nodes. */
  strengths: Float64Array;
}

/** Edges column by column. */
export function edgeList(edges: readonly Edge[]): EdgeList {
  return {
    a: Int32Array.from(edges, ({ a }) => a),
    b: Int32Array.from(edges, ({ b }) => b),
    weights: Float32Array.from(edges, ({ weight }) => weight),
  };
}

/** The graph of `count` nodes; an edge must be given once. */
export function graphOf(count: number, { a, b, weights }: EdgeList): Graph {
  const starts = new Int32Array(count + 1);
  for (const ends of [a, b]) for (const node of ends) starts[node + 1]!++;
  for (let node = 0; node < count; node++) starts[node + 1]! += starts[node]!;
  const graph = {
    count,
    starts,
    targets: new Int32Array(2 * a.length),
    weights: new Float32Array(2 * a.length),
    strengths: new Float64Array(count),
  };
  const free = starts.slice();
  const put = (node: number, neighbour: number, weight: number): void => {
    graph.targets[free[node]!] = neighbour;
    graph.weights[free[node]!++] = weight;
    graph.strengths[node]! += weight;
  };
  for (let edge = 0; edge < a.length; edge++) {
    put(a[edge]!, b[edge]!, weights[edge]!);
    put(b[edge]!, a[edge]!, weights[edge]!);
  }
  return graph;
}

/**
 * A function that sums the weights of a node's edges by the group at their other end: the groups met, and the sum of each.
 * `groups` may change between calls; what a call gave is good until the next.
 */
export function weighGroups({ count, starts, targets, weights }: Graph, groups: Int32Array) {
  const sums = new Float64Array(count);
  const met: number[] = [];
  return (...nodes: readonly number[]): { met: readonly number[]; sums: Float64Array } => {
    for (const group of met) sums[group] = 0;
    met.length = 0;
    for (const node of nodes) {
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        const group = groups[targets[at]!]!;
        if (sums[group] === 0) met.push(group);
        sums[group]! += weights[at]!;
      }
    }
    return { met, sums };
  };
}

/** One node for each group, its edges the sums of theirs; `groups` numbers them from 0 without a gap. */
export function aggregate(graph: Graph, groups: Int32Array): Graph {
  const members = rowsByGroup(groups);
  const strengths = new Float64Array(members.length);
  groups.forEach((group, node) => (strengths[group]! += graph.strengths[node]!));
  const starts = new Int32Array(members.length + 1);
  const [targets, weights]: [number[], number[]] = [[], []];
  const weigh = weighGroups(graph, groups);
  members.forEach((nodes, group) => {
    const { met, sums } = weigh(...nodes);
    for (const other of met) {
      if (other === group) continue;
      targets.push(other);
      weights.push(sums[other]!);
    }
    starts[group + 1] = targets.length;
  });
  const rows = { targets: Int32Array.from(targets), weights: Float32Array.from(weights) };
  return { count: members.length, starts, ...rows, strengths };
}

/** The nodes of each group. */
function rowsByGroup(groups: Int32Array): number[][] {
  const rows: number[][] = [];
  groups.forEach((group, node) => (rows[group] ??= []).push(node));
  return rows;
}
