// A list and a worth -> where the most is; pure.

/** The index of the value with the greatest worth, the first of equals; undefined of an empty list. */
export function argMax<Value>(
  values: readonly Value[],
  worthOf: (value: Value, at: number) => number,
): number | undefined {
  let best: number | undefined;
  let most = -Infinity;
  values.forEach((value, at) => {
    const worth = worthOf(value, at);
    if (best !== undefined && worth <= most) return;
    [best, most] = [at, worth];
  });
  return best;
}
