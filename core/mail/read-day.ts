// A day as people write it in a mail -> year, month and day; pure.
import { wordsLangs } from '../words-langs.ts';
import { foldWords } from './fold-words.ts';

/** Without a year it is the next such day. */
export interface WrittenDay {
  year?: number;
  month: number;
  day: number;
}

/** By the beginning of its name, folded: "dezember", "dez", "december". */
const months: readonly (readonly string[])[] = Array.from({ length: 12 }, (_, month) => {
  const at = new Date(Date.UTC(2026, month, 15));
  const names = (lang: string): string[] =>
    (['long', 'short'] as const).map((style) => foldWords(new Intl.DateTimeFormat(lang, { month: style, timeZone: 'UTC' }).format(at)).replaceAll('.', '')); // prettier-ignore
  return [...new Set(wordsLangs.filter((lang) => lang !== 'zh').flatMap(names))];
});

/** Of days of the week, as whole words: "Thursday, 24 December". */
const weekdays: readonly string[] = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 0, 4 + day))).flatMap((at) =>
  wordsLangs.filter((lang) => lang !== 'zh').flatMap((lang) =>
    (['long', 'short'] as const).map((style) => foldWords(new Intl.DateTimeFormat(lang, { weekday: style, timeZone: 'UTC' }).format(at)).replaceAll('.', '')))); // prettier-ignore

/** What stands around the numbers of a day: "24th of December", "le 1er février", "12月24日". */
const dayWords = new Set([...'the of st nd rd th el de del le la er den dem der ten'.split(' '), ...Array.from('年月日号號'), ...weekdays, ...months.flat()]); // prettier-ignore
const daySigns = '.,-/ ';

/** Whether every word of it is one that days are written with, or one that `knows` knows; numbers are. */
export function isWrittenAsDay(folded: string, knows: (word: string) => boolean = () => false): boolean {
  return wordsOf(folded).every((word) => dayWords.has(word) || knows(word) || daySigns.includes(word));
}

/** Words of letters that have a case, and each other character but digits by itself. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let isInWord = false;
  for (const character of text) {
    if (isInWord && isLetter(character)) words[words.length - 1] += character;
    else if (character < '0' || character > '9') words.push(character);
    isInWord = isLetter(character);
  }
  return words;
}

interface Piece {
  text: string;
  isNumber: boolean;
}

/**
 * Reads "2026-12-24", "24.12.2026", "24 December", "Dec 24, 2026", "24 de diciembre", "12月24日"; `folded` is as `foldWords` leaves it.
 * Undefined for what is no day or more than one day, and for "3/4/2026", which is two.
 */
export function readDay(folded: string): WrittenDay | undefined {
  if (!isWrittenAsDay(folded)) return undefined;
  const pieces = piecesOf(folded);
  const numbers = pieces.filter(({ isNumber }) => isNumber).map(({ text }) => Number(text));
  const month = pieces.map(({ text }) => months.findIndex((names) => names.includes(text)) + 1).find((at) => at > 0);
  const day = month === undefined ? ofNumbers(numbers, folded) : ofName(month, numbers);
  return day && isDay(day) ? day : undefined;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let last = '';
  for (const character of text) {
    const kind = character >= '0' && character <= '9' ? 'number' : isLetter(character) ? 'word' : '';
    if (kind === '') last = '';
    else if (kind === last) pieces.at(-1)!.text += character;
    else pieces.push({ text: character, isNumber: kind === 'number' });
    last = kind;
  }
  return pieces;
}

/** Letters are what has a case; Chinese ones only part numbers here. */
function isLetter(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

function ofName(month: number, numbers: readonly number[]): WrittenDay | undefined {
  const year = numbers.find((one) => one >= 1000);
  const [day, ...more] = numbers.filter((one) => one < 1000);
  return day === undefined || more.length > 0 ? undefined : { month, day, ...(year !== undefined && { year }) };
}

function ofNumbers(numbers: readonly number[], text: string): WrittenDay | undefined {
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined || numbers.length > 3) return undefined;
  if (a >= 1000) return c === undefined ? undefined : { year: a, month: b, day: c };
  const year = c === undefined ? {} : { year: c < 100 ? 2000 + c : c };
  if (text.includes('月')) return c === undefined ? { month: a, day: b } : undefined;
  // A point stands behind days in German; a stroke, before or behind the month, depends on the country.
  if (text.includes('.') || a > 12) return { month: b, day: a, ...year };
  return b > 12 ? { month: a, day: b, ...year } : undefined;
}

function isDay({ year = 2028, month, day }: WrittenDay): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}
