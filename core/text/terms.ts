// text -> terms: the words an embedder, a label or a score counts; pure.
import { stopWords } from './stop-words.ts';
import { countTerms } from './term-vectors.ts';
import { foldCase, isUnspaced, wordFinder } from './words.ts';

const addresses = /\b(?:https?:\/\/|www\.)\S+/giu;
const ends = /(?<![.:;!?()[\]{}|"“”«»\n])[.:;!?()[\]{}|"“”«»\n]+(?=\s|$)|[,(["“«\n]+|[。、，；：！？「」《》（）]+/u;
const findWords = wordFinder("'-");

/**
 * The words of a text, phrase by phrase: lower-case, without stop words, numbers and addresses.
 * Chinese, Japanese and Thai write no spaces: their words are stood in for by pairs of characters.
 */
export function phrasesOf(text: string): string[][] {
  const phrases = foldCase(text).replace(addresses, ' ').split(ends);
  return phrases.map((phrase) => findWords(phrase).filter((word) => isUnspaced(word) || isWord(word)));
}

/** The words of all phrases, in order. */
export function wordsOf(text: string): string[] {
  return phrasesOf(text).flat();
}

function isWord(run: string): boolean {
  return run.length > 1 && !/^[\d'-]+$/.test(run) && !stopWords.has(run);
}

/** A word without its English plural or possessive ending, so that "models" and "model" meet. */
export function singular(word: string): string {
  if (word.endsWith("'s")) return word.slice(0, -2);
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:ss|us|is|as|os)$/.test(word) ? word : word.slice(0, -1);
}

/** How often each term occurs: words in the singular, the parts of hyphenated ones, and neighbours in a phrase ("a b"). */
export function countTermsOf(text: string): Map<string, number> {
  const found: string[] = [];
  eachTerm(text, (word, next) => found.push(next === '' ? word : `${word} ${next}`));
  return countTerms(found);
}

/** Tells each term of a text as it comes: a word and '', or two neighbours of a phrase. */
export function eachTerm(text: string, tell: (word: string, next: string) => void): void {
  for (const phrase of phrasesOf(text)) {
    const words = phrase.map(singular);
    words.forEach((word, index) => {
      tell(word, '');
      if (word.includes('-')) for (const part of word.split('-').filter(isWord)) tell(singular(part), '');
      const next = words[index + 1];
      if (next !== undefined) tell(word, next);
    });
  }
}
