// new groups and where their members were before -> which group keeps which earlier id; pure.

/**
 * For each group, given the earlier ids of its members, the id it keeps, or null when it is new.
 * The firmer id wins (0 when it is not in `firmness`), then the larger overlap, then the lower id.
 */
export function keepIdentity(
  groups: readonly (readonly (number | null)[])[],
  firmness: ReadonlyMap<number, number> = new Map(),
): (number | null)[] {
  const claims = groups.flatMap((earlier, group) => countClaims(earlier).map(([id, size]) => ({ group, id, size })));
  const firm = (id: number): number => firmness.get(id) ?? 0;
  claims.sort((x, y) => firm(y.id) - firm(x.id) || y.size - x.size || x.id - y.id || x.group - y.group);
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
