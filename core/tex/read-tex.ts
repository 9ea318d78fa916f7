// TeX -> the text it would print, character by character from left to right; pure.
import { dropped, readCommand } from './commands.ts';
import { formulaAt } from './find-formula.ts';
import {
  createReader,
  isBraced,
  isSpace,
  maxDepth,
  readArgument,
  skipSpaces,
  type Reader,
  type ShowFormula,
} from './reader.ts';
import { lower, raise } from './scripts.ts';

/** What a formula says, on one line. */
export function readFormula(tex: string): string {
  return readMath(createReader(tex, { isMath: true, print, showFormula: readFormula }), tex.length)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A text in which TeX may stand, and formulas between dollar signs. */
export function readText(text: string, showFormula: ShowFormula = readFormula): string {
  const out = readWords(createReader(text, { isMath: false, print, showFormula }), text.length);
  return out.includes(dropped) ? out.replace(besideDropped, '') : out;
}

/** With what is dropped goes the space before it, or else behind. */
const besideDropped = new RegExp(`[ ~]?${dropped}(?=[\\s.,;:)]|$)|${dropped} ?`, 'g');

function print(reader: Reader, isMath: boolean): string {
  skipSpaces(reader);
  const { text, at } = reader;
  if (at >= text.length || reader.depth >= maxDepth) return '';
  if (isBraced(reader)) {
    const end = reader.partners[at]!;
    reader.at = at + 1;
    const inner = within(reader, isMath, () => (isMath ? readMath(reader, end) : readWords(reader, end)));
    reader.at = end + 1;
    return inner;
  }
  if (text[at] === '\\') {
    reader.at++;
    return within(reader, isMath, () => readCommand(reader, ''));
  }
  // One that never ends holds all the rest, which needs no reading ahead; one that is missing is none.
  if (text[at] === '{') return skipped(reader);
  if (text[at] === '}') return '';
  const character = String.fromCodePoint(text.codePointAt(at)!);
  reader.at += character.length;
  return character;
}

function within(reader: Reader, isMath: boolean, read: () => string): string {
  const before = reader.isMath;
  reader.isMath = isMath;
  reader.depth++;
  const inner = read();
  reader.depth--;
  reader.isMath = before;
  return inner;
}

function readMath(reader: Reader, end: number): string {
  const { text } = reader;
  let out = '';
  while (reader.at < end) {
    const character = text[reader.at]!;
    if (character === '{') {
      out += isBraced(reader) && reader.depth < maxDepth ? readArgument(reader, true) : skipped(reader);
    } else if (character === '^' || character === '_') {
      reader.at++;
      out += (character === '^' ? raise : lower)(readSigned(reader) ?? readArgument(reader, true));
    } else {
      reader.at++;
      if (character === '\\') out += readCommand(reader, out);
      else if (character === "'") out += '′';
      else if (character === '~' || character === '&') out += ' ';
      else if (character !== '}' && character !== '$') out += character;
    }
  }
  return out;
}

/** "cm$^-1$" means minus one, though TeX raises only its sign. */
function readSigned(reader: Reader): string | undefined {
  const number = /^[+-]\d{1,4}/.exec(reader.text.slice(reader.at, reader.at + 5))?.[0];
  reader.at += number?.length ?? 0;
  return number;
}

function skipped(reader: Reader): string {
  reader.at++;
  return '';
}

/** Everything that may mean something in a text; between them it is copied. */
const special = /[\\${}^_~`'-]/g;

function readWords(reader: Reader, end: number): string {
  const { text } = reader;
  let out = '';
  while (reader.at < end) {
    special.lastIndex = reader.at;
    const next = Math.min(special.exec(text)?.index ?? end, end);
    out += text.slice(reader.at, next);
    reader.at = next;
    if (next < end) out += readSpecial(reader, out);
  }
  return out;
}

function readSpecial(reader: Reader, before: string): string {
  const { text, at } = reader;
  const character = text[at]!;
  if (character === '\\') {
    const path = /(?:^|[^A-Za-z])[A-Za-z]:$/.test(before.slice(-3))
      ? /^\S{1,300}/.exec(text.slice(at, at + 300))?.[0]
      : undefined;
    reader.at += path?.length ?? 1;
    return path ?? readCommand(reader, before);
  }
  if (character === '$') {
    const formula = formulaAt(text, at);
    reader.at = formula?.end ?? at + 1;
    return formula ? reader.showFormula(formula.tex, text.slice(at, formula.end)) : character;
  }
  if (character === '^' || character === '_') return readScript(reader);
  if (character === '{') return readBrace(reader);
  if (character === "'" || character === '`') return readQuote(reader);
  reader.at++;
  const [last, following] = [text[at - 1] ?? '', text[at + 1] ?? ''];
  if (character === '~') return /[\w.)]/.test(last) && /[\w($\\]/.test(following) ? ' ' : character;
  return character === '-' ? readDash(reader) : character;
}

/** Of a formula that lost its dollars: "Ti_{0.85}", "360^\circ". A pattern such as `[^{]` is none. */
function readScript(reader: Reader): string {
  const { text, at } = reader;
  reader.at++;
  const isOne = text[at - 1] !== '[' && (isBraced(reader) || /^\\[a-z]/i.test(text.slice(at + 1, at + 3)));
  if (!isOne || reader.depth >= maxDepth) return text[at]!;
  return (text[at] === '^' ? raise : lower)(readArgument(reader, true));
}

/** Braces that TeX put there, round a command or one comma; all others are the author's. */
function readBrace(reader: Reader): string {
  const { text, at } = reader;
  const isPoint = /^\{[,.]\}\d/.test(text.slice(at, at + 4)) && /\d/.test(text[at - 1] ?? '');
  const isGroup = /^\{\\[A-Za-z"'`^~=.]/.test(text.slice(at, at + 3)) || /^\{[\^_]/.test(text.slice(at, at + 2));
  if (isBraced(reader) && (isPoint || isGroup) && reader.depth < maxDepth) return readArgument(reader, false);
  reader.at++;
  return '{';
}

/** TeX writes ``so''; three are the fence of Markdown. */
function readQuote(reader: Reader): string {
  const { text, at } = reader;
  const run = /^(?:`+|'+)/.exec(text.slice(at, at + 9))![0];
  reader.at += run.length;
  if (run === '``') return '"';
  // Two primes, as in f''(x), have a letter on both sides.
  const isPrime = /[\w(]/.test(text[reader.at] ?? ' ');
  return run === "''" && !isPrime && text.lastIndexOf('``', at) !== -1 ? '"' : run;
}

/** "1--5", "Author--Year", "so --- said he"; an option of a command line has a space before it and none behind. */
function readDash(reader: Reader): string {
  const { text } = reader;
  const start = reader.at - 1;
  const run = /^-+/.exec(text.slice(start, start + 9))![0];
  reader.at = start + run.length;
  const [last, following] = [text[start - 1] ?? '', text[reader.at] ?? ''];
  const isBetween = /[\p{L}\p{N})$}]/u.test(last) && /[\p{L}\p{N}($\\{]/u.test(following);
  const isApart = isSpace(last) && isSpace(following);
  if (run.length === 2 && (isBetween || isApart)) return '–';
  return run.length === 3 && (isBetween || isApart) ? '—' : run;
}
