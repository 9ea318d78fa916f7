// TeX -> the text it would print, character by character from left to right; pure.
import { dropped, readCommand } from './commands.ts';
import { formulaAt } from './find-formula.ts';
import {
  createTexCursor,
  isBraced,
  isSpace,
  maxDepth,
  readArgument,
  skipSpaces,
  type TexCursor,
  type ShowFormula,
} from './tex-cursor.ts';
import { lower, raise } from './scripts.ts';
import { collapseSpaces } from '../text/collapse-spaces.ts';

/** What a formula says, on one line. */
export function readFormula(tex: string): string {
  return collapseSpaces(readMath(createTexCursor(tex, { isMath: true, print, showFormula: readFormula }), tex.length));
}

/** A text in which TeX may stand, and formulas between dollar signs. */
export function readText(text: string, showFormula: ShowFormula = readFormula): string {
  const out = readWords(createTexCursor(text, { isMath: false, print, showFormula }), text.length);
  return out.includes(dropped) ? out.replace(besideDropped, '') : out;
}

/** With what is dropped goes the space before it, or else behind. */
const besideDropped = new RegExp(`[ ~]?${dropped}(?=[\\s.,;:)]|$)|${dropped} ?`, 'g');

function print(cursor: TexCursor, isMath: boolean): string {
  skipSpaces(cursor);
  const { text, at } = cursor;
  if (at >= text.length || cursor.depth >= maxDepth) return '';
  if (isBraced(cursor)) {
    const end = cursor.partners[at]!;
    cursor.at = at + 1;
    const inner = within(cursor, isMath, () => (isMath ? readMath(cursor, end) : readWords(cursor, end)));
    cursor.at = end + 1;
    return inner;
  }
  if (text[at] === '\\') {
    cursor.at++;
    return within(cursor, isMath, () => readCommand(cursor, ''));
  }
  // One that never ends holds all the rest, which needs no reading ahead; one that is missing is none.
  if (text[at] === '{') return skipped(cursor);
  if (text[at] === '}') return '';
  const character = String.fromCodePoint(text.codePointAt(at)!);
  cursor.at += character.length;
  return character;
}

function within(cursor: TexCursor, isMath: boolean, read: () => string): string {
  const before = cursor.isMath;
  cursor.isMath = isMath;
  cursor.depth++;
  const inner = read();
  cursor.depth--;
  cursor.isMath = before;
  return inner;
}

function readMath(cursor: TexCursor, end: number): string {
  const { text } = cursor;
  let out = '';
  while (cursor.at < end) {
    const character = text[cursor.at]!;
    if (character === '{') {
      out += isBraced(cursor) && cursor.depth < maxDepth ? readArgument(cursor, true) : skipped(cursor);
    } else if (character === '^' || character === '_') {
      cursor.at++;
      out += (character === '^' ? raise : lower)(readSigned(cursor) ?? readArgument(cursor, true));
    } else {
      cursor.at++;
      if (character === '\\') out += readCommand(cursor, out);
      else if (character === "'") out += '′';
      else if (character === '~' || character === '&') out += ' ';
      else if (character !== '}' && character !== '$') out += character;
    }
  }
  return out;
}

/** "cm$^-1$" means minus one, though TeX raises only its sign. */
function readSigned(cursor: TexCursor): string | undefined {
  const number = /^[+-]\d{1,4}/.exec(cursor.text.slice(cursor.at, cursor.at + 5))?.[0];
  cursor.at += number?.length ?? 0;
  return number;
}

function skipped(cursor: TexCursor): string {
  cursor.at++;
  return '';
}

/** Everything that may mean something in a text; between them it is copied. */
const special = /[\\${}^_~`'-]/g;

function readWords(cursor: TexCursor, end: number): string {
  const { text } = cursor;
  let out = '';
  while (cursor.at < end) {
    special.lastIndex = cursor.at;
    const next = Math.min(special.exec(text)?.index ?? end, end);
    out += text.slice(cursor.at, next);
    cursor.at = next;
    if (next < end) out += readSpecial(cursor, out);
  }
  return out;
}

function readSpecial(cursor: TexCursor, before: string): string {
  const { text, at } = cursor;
  const character = text[at]!;
  if (character === '\\') {
    const path = /(?:^|[^A-Za-z])[A-Za-z]:$/.test(before.slice(-3))
      ? /^\S{1,300}/.exec(text.slice(at, at + 300))?.[0]
      : undefined;
    cursor.at += path?.length ?? 1;
    return path ?? readCommand(cursor, before);
  }
  if (character === '$') {
    const formula = formulaAt(text, at);
    cursor.at = formula?.end ?? at + 1;
    return formula ? cursor.showFormula(formula.tex, text.slice(at, formula.end)) : character;
  }
  if (character === '^' || character === '_') return readScript(cursor);
  if (character === '{') return readBrace(cursor);
  if (character === "'" || character === '`') return readQuote(cursor);
  cursor.at++;
  const [last, following] = [text[at - 1] ?? '', text[at + 1] ?? ''];
  if (character === '~') return /[\w.)]/.test(last) && /[\w($\\]/.test(following) ? ' ' : character;
  return character === '-' ? readDash(cursor) : character;
}

/** Of a formula that lost its dollars: "Ti_{0.85}", "360^\circ". A pattern such as `[^{]` is none. */
function readScript(cursor: TexCursor): string {
  const { text, at } = cursor;
  cursor.at++;
  const isOne = text[at - 1] !== '[' && (isBraced(cursor) || /^\\[a-z]/i.test(text.slice(at + 1, at + 3)));
  if (!isOne || cursor.depth >= maxDepth) return text[at]!;
  return (text[at] === '^' ? raise : lower)(readArgument(cursor, true));
}

/** Braces that TeX put there, round a command or one comma; all others are the author's. */
function readBrace(cursor: TexCursor): string {
  const { text, at } = cursor;
  const isPoint = /^\{[,.]\}\d/.test(text.slice(at, at + 4)) && /\d/.test(text[at - 1] ?? '');
  const isGroup = /^\{\\[A-Za-z"'`^~=.]/.test(text.slice(at, at + 3)) || /^\{[\^_]/.test(text.slice(at, at + 2));
  if (isBraced(cursor) && (isPoint || isGroup) && cursor.depth < maxDepth) return readArgument(cursor, false);
  cursor.at++;
  return '{';
}

/** TeX writes ``so''; three are the fence of Markdown. */
function readQuote(cursor: TexCursor): string {
  const { text, at } = cursor;
  const run = /^(?:`+|'+)/.exec(text.slice(at, at + 9))![0];
  cursor.at += run.length;
  if (run === '``') return '"';
  // Two primes, as in f''(x), have a letter on both sides.
  const isPrime = /[\w(]/.test(text[cursor.at] ?? ' ');
  return run === "''" && !isPrime && text.lastIndexOf('``', at) !== -1 ? '"' : run;
}

/** "1--5", "Author--Year", "so --- said he"; an option of a command line has a space before it and none behind. */
function readDash(cursor: TexCursor): string {
  const { text } = cursor;
  const start = cursor.at - 1;
  const run = /^-+/.exec(text.slice(start, start + 9))![0];
  cursor.at = start + run.length;
  const [last, following] = [text[start - 1] ?? '', text[cursor.at] ?? ''];
  const isBetween = /[\p{L}\p{N})$}]/u.test(last) && /[\p{L}\p{N}($\\{]/u.test(following);
  const isApart = isSpace(last) && isSpace(following);
  if (run.length === 2 && (isBetween || isApart)) return '–';
  return run.length === 3 && (isBetween || isApart) ? '—' : run;
}
