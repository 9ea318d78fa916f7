// What somebody typed to find a story -> the words that all have to stand in it; pure.

/** The words between spaces, each once; "Graph  molecules Graph" -> ["Graph", "molecules"]. */
export function searchWords(typed: string): string[] {
  return [...new Set(typed.split(/\s+/).filter(Boolean))];
}
