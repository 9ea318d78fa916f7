// new groups and where their members were before -> which group keeps which earlier id; pure.

/**
 * For each group, given the earlier ids of its members, the id it keeps, or null when it is new.
 * The largest overlap wins, then the lower id; `fixed` ids come before all others.
 */
export function keepIdentity(
  groups: readonly (readonly (number | null)[])[],
  fixed: ReadonlySet<number> = new Set(),
): (number | null)[] {
  const claims = groups.flatMap((earlier, group) => countClaims(earlier).map(([id, size]) => ({ group, id, size })));
  const rank = (id: number): number => (fixed.has(id) ? 0 : 1);
  claims.sort((x, y) => rank(x.id) - rank(y.id) || y.size - x.size || x.id - y.id || x.group - y.group);
  const kept: (number | null)[] = groups.map(() => null);
  const taken = new Set<number>();
  for (const { group, id } of claims) {
    if (kept[group] !== null || taken.has(id)) continue;
    kept[group] = id;
    taken.add(id);
  }
  return kept;
}

function countClaims(earlier: readonly (number | null)[]): [id: number, size: number][] {
  const counts = new Map<number, number>();
  for (const id of earlier) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts];
}
