// Two labellings of the same things -> how well they agree: B-cubed, pairwise F1, V, adjusted mutual information; pure.

/** All in [0, 1], the adjusted one 0 for what chance would give. `v` is also the NMI with the mean of both entropies. */
export interface Agreement {
  bCubed: number;
  pairwise: number;
  v: number;
  ami: number;
}

type Sizes = ReadonlyMap<string, number>;

/** Compares predicted labels with the gold (Bagga, Baldwin 1998; Rosenberg, Hirschberg 2007; Vinh et al. 2010). */
export function agreementOf(gold: readonly string[], predicted: readonly string[]): Agreement {
  const [rows, columns] = [sizesOf(gold), sizesOf(predicted)];
  const cells = [...sizesOf(gold.map((label, at) => `${label}\0${predicted[at]!}`))].map(([key, size]) => {
    const [row, column] = key.split('\0') as [string, string];
    return { size, row: rows.get(row)!, column: columns.get(column)! };
  });
  const count = gold.length;
  const sum = (of: (cell: (typeof cells)[0]) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  const shared = sum(({ size, row, column }) => (size / count) * Math.log((size * count) / (row * column)));
  const entropies = entropyOf(rows, count) + entropyOf(columns, count);
  const chance = sharedByChance(rows, columns, count);
  return {
    bCubed: harmonic(
      sum(({ size, column }) => size ** 2 / column) / count,
      sum(({ size, row }) => size ** 2 / row) / count,
    ),
    pairwise: (2 * sum(({ size }) => pairs(size))) / (pairsIn(rows) + pairsIn(columns) || 1),
    v: entropies === 0 ? 1 : (2 * shared) / entropies,
    ami: entropies === 0 ? 1 : (shared - chance) / (entropies / 2 - chance),
  };
}

function sizesOf(labels: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return sizes;
}

function harmonic(one: number, other: number): number {
  return (2 * one * other) / (one + other);
}

function pairs(size: number): number {
  return (size * (size - 1)) / 2;
}

function pairsIn(sizes: Sizes): number {
  return [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
}

function entropyOf(sizes: Sizes, count: number): number {
  return -[...sizes.values()].reduce((sum, size) => sum + (size / count) * Math.log(size / count), 0);
}

/** The mutual information of random labellings with clusters of these sizes: each cell's size is hypergeometric. */
function sharedByChance(rows: Sizes, columns: Sizes, count: number): number {
  const logs = new Float64Array(count + 1);
  for (let at = 1; at <= count; at++) logs[at] = logs[at - 1]! + Math.log(at);
  let expected = 0;
  for (const row of rows.values()) {
    for (const column of columns.values()) {
      const sides = logs[row]! + logs[column]! + logs[count - row]! + logs[count - column]! - logs[count]!;
      for (let size = Math.max(1, row + column - count); size <= Math.min(row, column); size++) {
        const rest = logs[size]! + logs[row - size]! + logs[column - size]! + logs[count - row - column + size]!;
        expected += (size / count) * Math.log((count * size) / (row * column)) * Math.exp(sides - rest);
      }
    }
  }
  return expected;
}
