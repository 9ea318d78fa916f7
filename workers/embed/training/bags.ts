// spans of tokens -> bags of table rows, some words dropped into their n-grams so that these learn too; pure.
import type { Spread } from './spread.ts';
import type { Span } from './token-pool.ts';

/** Text t has the rows at starts[t] up to starts[t + 1], each with its weight. */
export interface Bags {
  starts: Int32Array;
  rows: Int32Array;
  weights: Float32Array;
}

export interface BagSource {
  tokens: Int32Array;
  /** Row of each type, -1 without one. */
  rowOf: Int32Array;
  spread: Spread;
}

/** The rows of each span; a word is read as its n-grams with probability `dropout`. */
export function bagSpans(
  spans: readonly Span[],
  { tokens, rowOf, spread }: BagSource,
  { dropout, random }: { dropout: number; random: () => number },
): Bags {
  const starts = new Int32Array(spans.length + 1);
  const rows: number[] = [];
  const weights: number[] = [];
  spans.forEach(({ from, to }, text) => {
    for (let at = from; at < to; at++) {
      const type = tokens[at]!;
      const row = rowOf[type]!;
      const place = row >= 0 && random() < dropout ? rowOf.length + row : type;
      const [first, end] = [spread.starts[place]!, spread.starts[place + 1]!];
      for (let entry = first; entry < end; entry++) {
        rows.push(spread.rows[entry]!);
        weights.push(1 / (end - first));
      }
    }
    starts[text + 1] = rows.length;
  });
  return { starts, rows: Int32Array.from(rows), weights: Float32Array.from(weights) };
}
