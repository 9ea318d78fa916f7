// Text -> terms: what BM25 counts, with endings taken off so that "models" meets "modelling".
import { foldCase, isUnspaced, wordFinder } from './words.ts';

const stopWords = new Set(
  `a about after all also am an and any are as at be been but by can could did do does each for from get had has have
  he her here him his how i if in into is it its just like me more most my new no not of on one only or other our out
  over own paper papers she should so some such than that the their them then there these they this those through to
  too under up use used uses using very via was we were what when where which while who why will with would you your`.split(
    /\s+/,
  ),
);
const findWords = wordFinder('');

/** The terms of a text with the words they were made of, and the place of each among all words of the text, stop words too. */
export interface PlacedTerms {
  terms: string[];
  words: string[];
  positions: number[];
}

/** The same terms as `tokenize` gives, with their words. */
export function placeTerms(text: string): PlacedTerms {
  const placed: PlacedTerms = { terms: [], words: [], positions: [] };
  findWords(foldCase(text)).forEach((word, position) => {
    const term = termOf(word);
    if (term === undefined) return;
    placed.terms.push(term);
    placed.words.push(word);
    placed.positions.push(position);
  });
  return placed;
}

/** The terms of `text` in order, lower-case, repeats kept; stop words and single characters of alphabets left out. */
export function tokenize(text: string): string[] {
  return findWords(foldCase(text)).flatMap((word) => termOf(word) ?? []);
}

function termOf(word: string): string | undefined {
  if (isUnspaced(word)) return word;
  return word.length > 1 && !stopWords.has(word) ? stem(word) : undefined;
}

/**
 * Takes English endings off until nothing changes: plurals (the S-stemmer, Harman 1991), -ing, -ed, a last -e, a doubled letter.
 * Repeating makes chains meet: "embeddings", "embedding", "embedded" and "embed" all end as one term.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const shorter = withoutVerbEnding(withoutPlural(word))
    .replace(/(?<=...)e$/, '')
    .replace(/(?<=..)([^aeiou])\1$/, '$1');
  return shorter === word ? word : stem(shorter);
}

function withoutPlural(word: string): string {
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

/** What is left must be a word: three letters or more with a vowel, so "string" and "speed" stay. */
function withoutVerbEnding(word: string): string {
  const left = word.replace(/(ing|(?<!e)ed)$/, '');
  return left.length >= 3 && /[aeiouy]/.test(left) ? left : word;
}
