// Numbers -> the one in the middle; pure.

/** The median; of an even number of values the upper of the two in the middle. There must be one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
