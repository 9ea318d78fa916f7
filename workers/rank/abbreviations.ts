// Texts -> what their abbreviations stand for, as the texts themselves define them: "graph neural networks (GNNs)".
import type { PlacedTerms } from '../../core/text/stemmed-terms.ts';

/** In so many stories an abbreviation must follow the words whose initials it has. */
const fewestStories = 2;
const longest = 6;

/**
 * Abbreviation -> the words it stands for. One is taken where it directly follows as many words as it has letters, each beginning
 * with the next letter, in two stories or more; of several readings the one that more stories give.
 * Source: after Schwartz & Hearst, PSB 2003, with initials alone.
 */
export function findAbbreviations(
  stories: readonly { title: PlacedTerms; text: PlacedTerms }[],
): Map<string, string[]> {
  const readings = new Map<string, Map<string, number>>();
  for (const { text } of stories) {
    const seen = new Set<string>();
    text.words.forEach((word, at) => {
      const long = longFormBefore(text, at);
      if (!long || seen.has(word)) return;
      seen.add(word);
      const counts = readings.get(word) ?? new Map<string, number>();
      readings.set(word, counts);
      counts.set(long.join(' '), (counts.get(long.join(' ')) ?? 0) + 1);
    });
  }
  const found = new Map<string, string[]>();
  for (const [short, counts] of readings) {
    const [long, stories_] = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]!;
    if (stories_ >= fewestStories) found.set(short, long.split(' '));
  }
  return found;
}

/** The words before `at` whose initials spell it, plural s aside. */
function longFormBefore({ words, positions }: PlacedTerms, at: number): string[] | undefined {
  const word = words[at]!;
  for (const letters of word.endsWith('s') ? [word.slice(0, -1), word] : [word]) {
    if (letters.length < 2 || letters.length > longest || letters.length > at) continue;
    const start = at - letters.length;
    if (positions[at]! - positions[start]! !== letters.length) continue;
    const long = words.slice(start, at);
    if (long.every((one, place) => one[0] === letters[place] && one.length > 2)) return long;
  }
  return undefined;
}
