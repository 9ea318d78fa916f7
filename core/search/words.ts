// text -> the words that are searched, and the language whose endings PostgreSQL takes off them; pure.
import { foldCase, wordFinder } from '../text/words.ts';

const findWords = wordFinder('');

/** Text search configurations that PostgreSQL 15 and PGlite both have, by ISO 639-1 code. */
const configs: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hi: 'hindi',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  tr: 'turkish',
};

/** The configuration of a language tag such as `en` or `pt-BR`; `simple`, which changes no word, of any other. */
export function configOf(lang: string): string {
  return configs[lang.toLowerCase().split('-')[0]!] ?? 'simple';
}

/**
 * Lower-case words and numbers in order, the same of a text and of a question; of Chinese, Japanese and Thai pairs of characters.
 * Cut here and not by PostgreSQL, whose parser takes a Chinese sentence for one word.
 */
export function searchedWords(text: string): string[] {
  return findWords(foldCase(text));
}
