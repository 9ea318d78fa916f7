// A ranked list and its reader's signals -> how good the order was; pure. Gains are in ranked order, 0 for no signal.

/**
 * Normalised discounted cumulative gain, 0 to 1: sum of (2^gain - 1) / log2(rank + 1) as a share of the best order's.
 * Undefined without any gain. Source: Järvelin & Kekäläinen, TOIS 20(4), 2002; the gain as in Burges et al., ICML 2005.
 */
export function ndcg(gains: readonly number[]): number | undefined {
  const best = dcg(gains.toSorted((a, b) => b - a));
  return best === 0 ? undefined : dcg(gains) / best;
}

/** What `ndcg` is on average over all orders: each rank then holds the mean gain. */
export function expectedNdcg(gains: readonly number[]): number | undefined {
  const mean = gains.reduce((sum, gain) => sum + 2 ** gain - 1, 0) / gains.length;
  const best = dcg(gains.toSorted((a, b) => b - a));
  return best === 0 ? undefined : gains.reduce((sum, _, index) => sum + mean / Math.log2(index + 2), 0) / best;
}

/** 1 when one of the first `k` has a gain, else 0; undefined without any gain. */
export function hitAt(gains: readonly number[], k: number): number | undefined {
  if (!gains.some((gain) => gain > 0)) return undefined;
  return gains.slice(0, k).some((gain) => gain > 0) ? 1 : 0;
}

/** What `hitAt` is on average over all orders: 1 - C(n - p, k) / C(n, k) with p gains among n. */
export function expectedHitAt(gains: readonly number[], k: number): number | undefined {
  const all = gains.length;
  const misses = all - gains.filter((gain) => gain > 0).length;
  if (misses === all) return undefined;
  let none = 1;
  for (let drawn = 0; drawn < Math.min(k, all); drawn++) none *= Math.max(0, misses - drawn) / (all - drawn);
  return 1 - none;
}

/**
 * Area under the ROC curve, 0 to 1: the chance that something with a gain stands before something without. Undefined
 * when all or none have one. Source: Hanley & McNeil, Radiology 143, 1982 (the Mann-Whitney form).
 */
export function auc(gains: readonly number[]): number | undefined {
  const positives = gains.filter((gain) => gain > 0).length;
  const negatives = gains.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  let [before, seen] = [0, 0];
  for (const gain of gains) {
    if (gain > 0) seen++;
    else before += seen;
  }
  return before / (positives * negatives);
}

/**
 * Intra-list diversity, about 0 to 1: one minus the mean similarity of all pairs. Undefined below two. Source: the
 * complement of Ziegler et al., WWW 2005.
 */
export function intraListDiversity(
  list: readonly number[],
  similarity: (left: number, right: number) => number,
): number | undefined {
  let [sum, pairs] = [0, 0];
  list.forEach((left, index) => {
    for (const right of list.slice(index + 1)) {
      sum += similarity(left, right);
      pairs++;
    }
  });
  return pairs === 0 ? undefined : 1 - sum / pairs;
}

/** A mean over letters, with the half width of its 95% confidence interval (normal approximation). */
export interface Mean {
  mean: number;
  halfWidth: number;
  count: number;
}

/** Collects values one by one without keeping them (Welford, Technometrics 4, 1962); undefined values are left out. */
export function collectMean(): { add(value: number | undefined): void; result(): Mean | null } {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add(value) {
      if (value === undefined) return;
      count++;
      const off = value - mean;
      mean += off / count;
      squares += off * (value - mean);
    },
    result() {
      if (count === 0) return null;
      const halfWidth = count > 1 ? 1.96 * Math.sqrt(squares / (count - 1) / count) : 0;
      return { mean, halfWidth, count };
    },
  };
}

function dcg(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + (2 ** gain - 1) / Math.log2(index + 2), 0);
}
