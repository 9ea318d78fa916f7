// text -> tokens and their character n-grams, alike when the word table is trained and when it is used; pure.
import { countTerms } from './term-vectors.ts';
import { foldCase, wordFinder } from './words.ts';

/** TeX and addresses say little in words. */
const unread = /\$[^$]{1,200}\$|\\[a-zA-Z]+|\b(?:https?:\/\/|www\.)\S+/g;
const findWords = wordFinder("'");

/** Longer words are told apart by their beginning. */
const longestWord = 24;
const shortestGram = 3;
const longestGram = 5;

/**
 * Lower-case words and numbers in order, stop words too (the table weighs them). Chinese, Japanese and Thai write no
 * spaces: their words are stood in for by pairs of characters.
 */
export function tokensOf(text: string): string[] {
  return findWords(foldCase(text.replace(unread, ' ')));
}

/** How often each token occurs. */
export function countTokens(text: string): Map<string, number> {
  return countTerms(tokensOf(text));
}

/** True for a token of digits alone, which has no vector: it says nothing by its letters. */
export function isNumber(token: string): boolean {
  return /^\p{N}+$/u.test(token);
}

/** The buckets in [0, buckets) of the 3- to 5-grams of "<word>" (Bojanowski et al. 2017), at least one. */
export function gramBuckets(word: string, buckets: number): number[] {
  const whole = `<${word.slice(0, longestWord)}>`;
  const found: number[] = [];
  for (let length = shortestGram; length <= longestGram; length++) {
    for (let at = 0; at + length <= whole.length; at++) found.push(fnv1a(whole.slice(at, at + length)) % buckets);
  }
  return found.length > 0 ? found : [fnv1a(whole) % buckets];
}

/** FNV-1a over UTF-16 units with a final mix, since its high bits alone are weak for short words; 32 bits unsigned. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
