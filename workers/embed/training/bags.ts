// spans of tokens -> bags of table rows, some words dropped into their n-grams so that these learn too; pure.
import type { TokenRows } from './spread.ts';
import type { Span } from './token-pool.ts';

/** Text t has the rows at starts[t] up to starts[t + 1], each once, with its weight: how often it occurs. */
export interface Bags {
  starts: Int32Array;
  rows: Int32Array;
  weights: Float32Array;
}

export interface BagSource {
  tokens: Int32Array;
  /** Row of each type, -1 without one. */
  rowOf: Int32Array;
  spread: TokenRows;
  /** How many rows there are. */
  height: number;
}

/** Fills bags; the ones it returns are good until the next call, since each step's are as large as the last one's. */
export function createBagger({ tokens, rowOf, spread, height }: BagSource) {
  const indexOf = new Int32Array(height);
  let rows = new Int32Array(1 << 20);
  let weights = new Float32Array(1 << 20);

  /** The rows of each span; a word is read as its n-grams with probability `dropout`. */
  return (spans: readonly Span[], { dropout, random }: { dropout: number; random: () => number }): Bags => {
    const starts = new Int32Array(spans.length + 1);
    let end = 0;
    spans.forEach(({ from, to }, text) => {
      const start = end;
      for (let at = from; at < to; at++) {
        const type = tokens[at]!;
        const row = rowOf[type]!;
        const read = row >= 0 && random() < dropout ? rowOf.length + row : type;
        const [first, last] = [spread.starts[read]!, spread.starts[read + 1]!];
        for (let entry = first; entry < last; entry++) {
          const found = spread.rows[entry]!;
          const index = indexOf[found]!;
          // An index left by an earlier text holds another row, or lies outside this one.
          if (index >= start && index < end && rows[index] === found) weights[index]! += 1 / (last - first);
          else {
            indexOf[found] = end;
            rows[end] = found;
            weights[end++] = 1 / (last - first);
          }
        }
        if (end > rows.length / 2) [rows, weights] = [doubled(rows, Int32Array), doubled(weights, Float32Array)];
      }
      starts[text + 1] = end;
    });
    return { starts, rows: rows.slice(0, end), weights: weights.slice(0, end) };
  };
}

function doubled<Numbers extends Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  numbers: Numbers,
  Kind: new (length: number) => Numbers,
): Numbers {
  const larger = new Kind(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
