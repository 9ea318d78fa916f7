// what somebody typed -> a question to the index (tsquery), with the words that were spelled otherwise.
import type { Database, Queryable } from '../db.ts';
import { answeredOf, lexemesOf } from '../store/search-hits.ts';
import { wordsSharing } from '../store/search-texts.ts';
import { placeTerms } from '../text/stemmed-terms.ts';
import { deletesOf, isSpelled, nearestSpellings } from './spellings.ts';
import { searchedWords } from './words.ts';

export interface Question {
  /** Every word, or one of those it was taken for; undefined when no word is in any text. */
  all: string | undefined;
  /** All words but any one of them: asked when few texts have all. Undefined of a single word. */
  allButOne: string | undefined;
  /** Every word that counts, as it was typed or is spelled in the texts. */
  words: string[];
  /** Words that are in no text, and what they were taken for. */
  taken: { word: string; spellings: string[] }[];
  /** Words that are in no text, nor anything like them. */
  unknown: string[];
}

/** More words are a text; each costs a look. */
const mostWords = 12;

/** Reads a question, every word as it was typed. `configs` are the languages of the texts (core/search/words.ts). */
export async function askWords(db: Queryable, text: string, configs: readonly string[]): Promise<Question> {
  const typed = [...new Set(countingWords(text))].slice(0, mostWords);
  return joinWords(typed, { lexemes: await lexemesOf(db, typed, configs), spellingsOf: new Map() });
}

/** A question whose words stand together in no text: those that are in none at all are taken for the nearest that are. */
export async function respell(db: Database, { words: typed }: Question, configs: readonly string[]): Promise<Question> {
  const lexemes = await lexemesOf(db, typed, configs);
  const questionOf = new Map(typed.map((word) => [word, anyOf(lexemes.get(word) ?? [word])]));
  const answered = await answeredOf(db, [...questionOf.values()]);
  const missing = typed.filter((word) => !answered.has(questionOf.get(word)!));
  const spellingsOf = await spellingsFor(db, missing);
  const spelled = await lexemesOf(db, [...spellingsOf.values()].flat(), configs);
  return joinWords(typed, { lexemes: new Map([...lexemes, ...spelled]), spellingsOf });
}

interface WordsKnown {
  lexemes: ReadonlyMap<string, string[]>;
  /** Of words that are in no text. */
  spellingsOf: ReadonlyMap<string, string[]>;
}

function joinWords(typed: readonly string[], { lexemes, spellingsOf }: WordsKnown): Question {
  const question: Question = { all: undefined, allButOne: undefined, words: [], taken: [], unknown: [] };
  const parts: string[] = [];
  for (const word of typed) {
    const meant = spellingsOf.get(word) ?? [word];
    if (meant.length === 0) {
      question.unknown.push(word);
      continue;
    }
    parts.push(anyOf([...new Set(meant.flatMap((one) => lexemes.get(one) ?? [one]))]));
    question.words.push(...meant);
    if (spellingsOf.has(word)) question.taken.push({ word, spellings: meant });
  }
  if (parts.length > 0 && question.unknown.length === 0) question.all = parts.join(' & ');
  if (parts.length > 0 && question.unknown.length > 0) question.allButOne = parts.join(' & ');
  if (parts.length > 1 && question.unknown.length === 0)
    question.allButOne = parts.map((_, at) => `(${parts.toSpliced(at, 1).join(' & ')})`).join(' | ');
  return question;
}

/** What each of these words may have been meant to be; empty for what is like no name. */
async function spellingsFor(db: Queryable, words: readonly string[]): Promise<Map<string, string[]>> {
  const respelled = words.filter(isSpelled);
  const names = respelled.length === 0 ? [] : await wordsSharing(db, respelled.flatMap(deletesOf));
  return new Map(words.map((word) => [word, isSpelled(word) ? nearestSpellings(word, names) : []]));
}

/** Without words that carry only grammar, unless there are no others. */
function countingWords(text: string): string[] {
  const { words } = placeTerms(text);
  return words.length > 0 ? words : searchedWords(text);
}

/** A tsquery for any of these lexemes, quoted as PostgreSQL reads it. */
function anyOf(lexemes: readonly string[]): string {
  const quoted = lexemes.map((lexeme) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
  return `(${quoted.join(' | ')})`;
}
