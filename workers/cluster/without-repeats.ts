// terms, the best first -> those that say something new; pure.

const shortestStem = 5;
const longestEnding = 3;

/** True for "athletes" and "athletics": all but the last three letters of both are the same. */
export function isSameStem(one: string, other: string): boolean {
  if (one === other) return true;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same >= shortestStem && Math.max(one.length, other.length) - same <= longestEnding;
}

/** The first `most` terms but for those that share a word, or the stem of one, with a better one: "diffusion" after "diffusion model". */
export function withoutRepeats(terms: Iterable<string>, most: number): string[] {
  const used: string[] = [];
  const kept: string[] = [];
  for (const term of terms) {
    if (kept.length === most) break;
    const words = term.split(' ');
    if (words.some((word) => used.some((other) => isSameStem(word, other)))) continue;
    used.push(...words);
    kept.push(term);
  }
  return kept;
}
