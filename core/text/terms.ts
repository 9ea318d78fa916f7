// text -> terms: the words an embedder, a label or a score counts; pure.
import { stopWords } from './stop-words.ts';
import { countTerms } from './term-vectors.ts';

const addresses = /\b(?:https?:\/\/|www\.)\S+/giu;
const ends = /(?<![.:;!?()[\]{}|"“”«»\n])[.:;!?()[\]{}|"“”«»\n]+(?=\s|$)|[,(["“«\n]+|[。、，；：！？「」《》（）]+/u;
const unspacedScripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
const unspaced = new RegExp(`[${unspacedScripts}]`, 'u');
const letters = String.raw`(?:(?![${unspacedScripts}])[\p{L}\p{M}\p{N}])+`;
const runs = new RegExp(`[${unspacedScripts}]+|${letters}(?:['-]${letters})*`, 'gu');
/** The same for a text of ASCII alone, in a third of the time. */
const asciiRuns = /[a-z0-9]+(?:['-][a-z0-9]+)*/g;
const beyondAscii = /[^\0-\x7f]/;

/**
 * The words of a text, phrase by phrase: lower-case, without stop words, numbers and addresses.
 * Chinese, Japanese and Thai write no spaces: their words are stood in for by pairs of characters.
 */
export function phrasesOf(text: string): string[][] {
  const plain = text.normalize('NFKC').replace(addresses, ' ').toLowerCase().replaceAll('’', "'");
  if (!beyondAscii.test(plain))
    return plain.split(ends).map((phrase) => (phrase.match(asciiRuns) ?? []).filter(isWord));
  return plain.split(ends).map((phrase) => (phrase.match(runs) ?? []).flatMap(readRun));
}

/** The words of all phrases, in order. */
export function wordsOf(text: string): string[] {
  return phrasesOf(text).flat();
}

function readRun(run: string): string[] {
  if (unspaced.test(run)) return pairsOf(run);
  return isWord(run) ? [run] : [];
}

function isWord(run: string): boolean {
  return run.length > 1 && !/^[\d'-]+$/.test(run) && !stopWords.has(run);
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}

/** True for a pair of characters that stands in for a word. */
export function isUnspaced(word: string): boolean {
  return unspaced.test(word);
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
