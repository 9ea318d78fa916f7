// Scores of several judges -> how far they agree beyond chance: Krippendorff's alpha for ordinal scales; pure.

/**
 * `units` holds the scores that each thing got, of any number of judges; things with fewer than two count for nothing.
 * 1 is full agreement, 0 what chance gives, below 0 worse than that; undefined where nothing can be said: no thing with two
 * scores, or all scores equal. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), with the ordinal metric.
 */
export function krippendorffAlpha(units: readonly (readonly number[])[]): number | undefined {
  const pairable = units.filter((scores) => scores.length > 1);
  const values = [...new Set(pairable.flat())].toSorted((a, b) => a - b);
  const total = pairable.flat().length;
  const counts = new Map(values.map((value) => [value, pairable.flat().filter((score) => score === value).length]));
  const distance = (a: number, b: number): number => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const between = values.filter((value) => value >= low && value <= high);
    const sum = between.reduce((all, value) => all + counts.get(value)!, 0);
    return (sum - (counts.get(low)! + counts.get(high)!) / 2) ** 2;
  };
  const observed = pairable.reduce((sum, scores) => sum + disagreement(scores, distance) / (scores.length - 1), 0) / total; // prettier-ignore
  const expected = disagreement(pairable.flat(), distance) / (total * (total - 1));
  return expected > 0 ? 1 - observed / expected : undefined;
}

/** Over all ordered pairs of two of these. */
function disagreement(scores: readonly number[], distance: (a: number, b: number) => number): number {
  return scores.reduce((sum, a, i) => sum + scores.reduce((own, b, j) => (i === j ? own : own + distance(a, b)), 0), 0);
}
