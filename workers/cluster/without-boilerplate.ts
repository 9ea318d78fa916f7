// texts of many stories -> the same without the sentences that many of them share word for word; pure.

/** "Show HN", "The remaining 12 paragraphs are for subscribers": in so many texts it is the source's, not the story's. */
const fewest = 4;
const pieces = /[^.!?:\n]+[.!?:\n]*/g;

/**
 * Each text without pieces, up to a full stop, colon or line, that at least four of them have; numbers count as equal. A text that has
 * nothing else stays.
 */
export function withoutBoilerplate(texts: readonly string[]): string[] {
  const cut = texts.map((text) => (text.match(pieces) ?? []).map((piece) => ({ piece, key: keyOf(piece) })));
  const counts = new Map<string, number>();
  for (const own of cut) {
    for (const key of new Set(own.map(({ key: one }) => one))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // One word may begin many titles ("Attention:"); it takes two to be a formula.
  const isShared = (key: string): boolean => key.includes(' ') && counts.get(key)! >= fewest;
  return cut.map((own, at) => {
    const kept = own.filter(({ key }) => !isShared(key)).map(({ piece }) => piece);
    return kept.length > 0 ? kept.join('') : texts[at]!;
  });
}

function keyOf(piece: string): string {
  return piece.toLowerCase().replace(/\d/g, '#').replace(/[^\p{L}#]+/gu, ' ').trim(); // prettier-ignore
}
