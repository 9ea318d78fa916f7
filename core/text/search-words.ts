// What somebody typed to find a story -> the words that all have to stand in it; pure.

/** The words in lower case, between spaces; "Graph  molecules" -> ["graph", "molecules"]. */
export function searchWords(typed: string): string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}
