// A position in a text with TeX, and the ways to go on from it: to a partner of a brace, over an argument, over the name of a command.

export interface TexCursor {
  readonly text: string;
  at: number;
  /** In a formula, where spaces and braces mean nothing. */
  isMath: boolean;
  /** How many arguments this one is inside of. */
  depth: number;
  /** Of each opening brace, where its partner is; 0 where it has none. */
  readonly partners: Int32Array;
  /** What the next argument prints; commands, which are arguments themselves, get it from here. */
  readonly print: (cursor: TexCursor, isMath: boolean) => string;
  readonly showFormula: ShowFormula;
}

/** How a formula in a text is shown; `source` has its dollar signs. */
export type ShowFormula = (tex: string, source: string) => string;

/** Deeper nesting is an attack, and is shown as it is written. */
export const maxDepth = 40;

export function createTexCursor(text: string, how: Pick<TexCursor, 'isMath' | 'print' | 'showFormula'>): TexCursor {
  return { text, at: 0, depth: 0, partners: partnersOf(text), ...how };
}

/** What the next argument prints: a group in braces, a command, or one character. */
export function readArgument(cursor: TexCursor, isMath = cursor.isMath): string {
  return cursor.print(cursor, isMath);
}

function partnersOf(text: string): Int32Array {
  const partners = new Int32Array(text.length);
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '{') open.push(at);
    else if (character === '}' && open.length > 0) partners[open.pop()!] = at;
  }
  return partners;
}

/** Whether a braced argument begins here. */
export function isBraced(cursor: TexCursor): boolean {
  return cursor.text[cursor.at] === '{' && cursor.partners[cursor.at]! > 0;
}

export function skipSpaces(cursor: TexCursor): void {
  while (isSpace(cursor.text[cursor.at])) cursor.at++;
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

/** Over the name of a command, whose backslash was read; a star at its end is left out. */
export function readName(cursor: TexCursor): string {
  const { text } = cursor;
  const start = cursor.at;
  while (isLetter(text.charCodeAt(cursor.at))) cursor.at++;
  if (cursor.at === start) return text[cursor.at++] ?? '';
  const name = text.slice(start, cursor.at);
  if (text[cursor.at] === '*') cursor.at++;
  return name;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The text between brackets, which stand directly here, as it is written. */
export function readOption(cursor: TexCursor): string | undefined {
  if (cursor.text[cursor.at] !== '[') return undefined;
  const end = cursor.text.slice(cursor.at, cursor.at + 200).indexOf(']');
  if (end === -1) return undefined;
  const option = cursor.text.slice(cursor.at + 1, cursor.at + end);
  cursor.at += end + 1;
  return option;
}

/** A braced argument as it is written; undefined where none begins. */
export function readRaw(cursor: TexCursor): string | undefined {
  if (!isBraced(cursor)) return undefined;
  const end = cursor.partners[cursor.at]!;
  const raw = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return raw;
}
