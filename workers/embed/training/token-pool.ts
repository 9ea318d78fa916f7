// texts -> token numbers in one growing typed array, so that a hundred thousand texts are a few views; pure.

/** Where a text's tokens are: `from` up to `to` in the pool. */
export interface Span {
  from: number;
  to: number;
}

export interface TokenPool {
  /** Every distinct token in order of appearance; a token's number is its index. */
  types: string[];
  /** The tokens of all texts behind one another. */
  tokens(): Int32Array;
  add(tokens: readonly string[]): Span;
}

/** An empty pool. */
export function createTokenPool(): TokenPool {
  const numbers = new Map<string, number>();
  const types: string[] = [];
  let pool = new Int32Array(1 << 16);
  let length = 0;
  const numberOf = (token: string): number => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    numbers.set(token, types.length);
    return types.push(token) - 1;
  };
  return {
    types,
    tokens: () => pool.subarray(0, length),
    add(tokens) {
      if (length + tokens.length > pool.length) {
        const larger = new Int32Array(Math.max(pool.length * 2, length + tokens.length));
        larger.set(pool);
        pool = larger;
      }
      const from = length;
      for (const token of tokens) pool[length++] = numberOf(token);
      return { from, to: length };
    },
  };
}

/** The length of a text in tokens. */
export function lengthOf({ from, to }: Span): number {
  return to - from;
}
