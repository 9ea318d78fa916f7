// pairs -> groups: a union-find that knows the members of each group; pure.

export interface UnionFind {
  /** The number that stands for the group of `item`. */
  of(item: number): number;
  /** The items of the group of `item`. */
  members(item: number): readonly number[];
  join(a: number, b: number): void;
}

/** `count` groups of one item each. */
export function unionFind(count: number): UnionFind {
  const roots = Int32Array.from({ length: count }, (_, item) => item);
  const lists = Array.from({ length: count }, (_, item) => [item]);
  const of = (item: number): number => roots[item]!;
  return {
    of,
    members: (item) => lists[of(item)]!,
    join(a, b) {
      const [kept, gone] = lists[of(a)]!.length >= lists[of(b)]!.length ? [of(a), of(b)] : [of(b), of(a)];
      if (kept === gone) return;
      for (const item of lists[gone]!) roots[item] = kept;
      lists[kept]!.push(...lists[gone]!);
      lists[gone] = [];
    },
  };
}
