// A position in a text with TeX, and the ways to go on from it: to a partner of a brace, over an argument, over the name of a command.

export interface Reader {
  readonly text: string;
  at: number;
  /** In a formula, where spaces and braces mean nothing. */
  isMath: boolean;
  /** How many arguments this one is inside of. */
  depth: number;
  /** Of each opening brace, where its partner is; 0 where it has none. */
  readonly partners: Int32Array;
  /** What the next argument prints; commands, which are arguments themselves, get it from here. */
  readonly print: (reader: Reader, isMath: boolean) => string;
  readonly showFormula: ShowFormula;
}

/** How a formula in a text is shown; `source` has its dollar signs. */
export type ShowFormula = (tex: string, source: string) => string;

/** Deeper nesting is an attack, and is shown as it is written. */
export const maxDepth = 40;

export function createReader(text: string, how: Pick<Reader, 'isMath' | 'print' | 'showFormula'>): Reader {
  return { text, at: 0, depth: 0, partners: partnersOf(text), ...how };
}

/** What the next argument prints: a group in braces, a command, or one character. */
export function readArgument(reader: Reader, isMath = reader.isMath): string {
  return reader.print(reader, isMath);
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
export function isBraced(reader: Reader): boolean {
  return reader.text[reader.at] === '{' && reader.partners[reader.at]! > 0;
}

export function skipSpaces(reader: Reader): void {
  while (isSpace(reader.text[reader.at])) reader.at++;
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

/** Over the name of a command, whose backslash was read; a star at its end is left out. */
export function readName(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  while (isLetter(text.charCodeAt(reader.at))) reader.at++;
  if (reader.at === start) return text[reader.at++] ?? '';
  const name = text.slice(start, reader.at);
  if (text[reader.at] === '*') reader.at++;
  return name;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The text between brackets, which stand directly here, as it is written. */
export function readOption(reader: Reader): string | undefined {
  if (reader.text[reader.at] !== '[') return undefined;
  const end = reader.text.slice(reader.at, reader.at + 200).indexOf(']');
  if (end === -1) return undefined;
  const option = reader.text.slice(reader.at + 1, reader.at + end);
  reader.at += end + 1;
  return option;
}

/** A braced argument as it is written; undefined where none begins. */
export function readRaw(reader: Reader): string | undefined {
  if (!isBraced(reader)) return undefined;
  const end = reader.partners[reader.at]!;
  const raw = reader.text.slice(reader.at + 1, end);
  reader.at = end + 1;
  return raw;
}
