// word -> hashes by which a misspelled one finds it: itself and what is left without one of its characters; pure.
// FastSS (Bocek, Hunt, Stiller 2007): two words share such a hash when they differ by one character that is missing, added,
// or another, by two neighbours that changed places, and by some pairs of these.
import { distance } from 'fastest-levenshtein';
import { fnv1a } from '../text/tokens.ts';

/** Of shorter words too many are alike; longer ones are rarely names. */
const shortest = 4;
const longest = 20;
const mostOffered = 3;

/** True for a word that may be looked up by its misspellings: 4 to 20 letters, no digit among them. */
export function isSpelled(word: string): boolean {
  const hasDigit = Array.from(word).some((character) => character >= '0' && character <= '9');
  return word.length >= shortest && word.length <= longest && !hasDigit;
}

/** At most 21 hashes, signed 32 bits, each once. */
export function deletesOf(word: string): number[] {
  const characters = Array.from(word);
  const shorter = characters.map((_, at) => characters.toSpliced(at, 1).join(''));
  return [...new Set([word, ...shorter].map((text) => fnv1a(text) | 0))];
}

/** The nearest of the words found, at most three of one distance; none farther than one change, of long words two. */
export function nearestSpellings(word: string, found: readonly string[]): string[] {
  const farthest = word.length < 6 ? 1 : 2;
  const near = found.map((one) => ({ one, changes: changesBetween(word, one) }));
  const least = Math.min(farthest, ...near.map(({ changes }) => changes));
  return near
    .filter(({ changes }) => changes === least)
    .toSorted((a, b) => Number(b.one[0] === word[0]) - Number(a.one[0] === word[0]) || (a.one < b.one ? -1 : 1))
    .slice(0, mostOffered)
    .map(({ one }) => one);
}

/** Neighbours that changed places are one slip of the fingers (Damerau 1964). */
function changesBetween(word: string, other: string): number {
  const changes = distance(word, other);
  if (changes !== 2 || word.length !== other.length) return changes;
  const at = Array.from(word).findIndex((character, place) => character !== other[place]);
  const isSwap = word[at] === other[at + 1] && word[at + 1] === other[at] && word.slice(at + 2) === other.slice(at + 2);
  return isSwap ? 1 : 2;
}
