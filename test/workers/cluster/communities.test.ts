// The communities of small graphs whose answer is plain to see.
import { describe, expect, it } from 'vitest';
import { findCommunities } from '../../../workers/cluster/communities.ts';
import { edgeList, graphOf, type Edge } from '../../../workers/cluster/graph.ts';
import { refineCommunities } from '../../../workers/cluster/refine-communities.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';

/** Everyone of these knows everyone else. */
function clique(first: number, size: number): Edge[] {
  const nodes = Array.from({ length: size }, (_, at) => first + at);
  return nodes.flatMap((a) => nodes.filter((b) => b > a).map((b) => ({ a, b, weight: 1 })));
}

describe('communities', () => {
  it('are the cliques of a ring of cliques', () => {
    const ring = Array.from({ length: 6 }, (_, at) => [...clique(5 * at, 5), { a: 5 * at, b: (5 * at + 7) % 30, weight: 1 }]); // prettier-ignore
    const found = findCommunities(30, edgeList(ring.flat()));
    expect([...found]).toEqual(Array.from({ length: 30 }, (_, node) => Math.floor(node / 5)));
  });

  it('are fewer at a low resolution and single nodes at a very high one', () => {
    const edges = edgeList([...clique(0, 4), ...clique(4, 4), { a: 3, b: 4, weight: 1 }]);
    const countAt = (resolution: number): number => new Set(findCommunities(8, edges, { resolution })).size;
    expect([0.05, 1, 20].map(countAt)).toEqual([1, 2, 8]);
  });

  it('leave nodes without an edge alone, also when there is no edge at all', () => {
    expect([...findCommunities(4, edgeList([{ a: 1, b: 3, weight: 0.5 }]))]).toEqual([0, 1, 2, 1]);
    expect([...findCommunities(3, edgeList([]))]).toEqual([0, 1, 2]);
    expect([...findCommunities(0, edgeList([]))]).toEqual([]);
  });

  it('are the same in every run, and no worse for more starts', () => {
    const random = seededRandom(5);
    const pairs = new Map<string, Edge>();
    for (let at = 0; at < 3_000; at++) {
      const [a, b] = [Math.floor(random() * 60), Math.floor(random() * 60)].toSorted((x, y) => x - y) as [number, number]; // prettier-ignore
      // Four groups of 15, three edges in four inside.
      if (a !== b && (Math.floor(a / 15) === Math.floor(b / 15) || random() < 0.1)) pairs.set(`${a} ${b}`, { a, b, weight: 1 }); // prettier-ignore
    }
    const edges = edgeList([...pairs.values()]);
    const found = findCommunities(60, edges, { starts: 4 });
    expect(findCommunities(60, edges, { starts: 4 })).toEqual(found);
    expect([...found]).toEqual(Array.from({ length: 60 }, (_, node) => Math.floor(node / 15)));
  });
});

it('a community whose bridge moved away is taken apart', () => {
  const graph = graphOf(7, edgeList([...clique(0, 3), ...clique(3, 3), { a: 0, b: 6, weight: 1 }, { a: 3, b: 6, weight: 1 }])); // prettier-ignore
  const share = 0.5 / graph.strengths.reduce((sum, strength) => sum + strength, 0);
  const order = Int32Array.of(6, 5, 4, 3, 2, 1, 0);
  const parts = refineCommunities(graph, Int32Array.of(0, 0, 0, 0, 0, 0, 1), { share, order });
  expect(new Set(parts.slice(0, 3)).size).toBe(1);
  expect(new Set(parts.slice(3, 6)).size).toBe(1);
  expect(parts[0]).not.toBe(parts[3]);
});
