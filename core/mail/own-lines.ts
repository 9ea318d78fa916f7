// A mail somebody wrote to us -> the lines they typed: without what it quotes or forwards, and without a signature; pure.
import { compile, type HtmlToTextOptions } from 'html-to-text';
import { oneLine } from '../one-line.ts';
import { foldWords } from './fold-words.ts';
import { forwardedStarts, headFields, programSignatures, wroteStarts, wroteWords } from './quote-marks.ts';

/** What is typed stands at the top, or below one quote. */
const mostCharacters = 60_000;
const mostLines = 400;
const longestLine = 1_000;
/** A sentence such as "On ... wrote:" is broken into at most so many lines. */
const wroteLines = 3;
/** Lines among which a head has its second field. */
const headLines = 4;

/** Quotes and signatures by what Gmail, Yahoo, Proton, Thunderbird, Outlook and Netease call them. */
const notTyped = [
  'blockquote',
  '.gmail_quote',
  '.gmail_signature',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.protonmail_signature_block',
  '.moz-cite-prefix',
  '.moz-signature',
  '#ms-outlook-mobile-signature',
  '#isReplyContent',
  'includetail',
  'style',
  'script',
  'head',
  'img',
];

const readHtml = compile({
  wordwrap: false,
  limits: { maxInputLength: mostCharacters, maxDepth: 60, maxBaseElements: 1 },
  selectors: [
    ...notTyped.map((selector) => ({ selector, format: 'skip' })),
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'table'].map((selector) => ({ selector, format: 'block' })),
  ],
} satisfies HtmlToTextOptions);

/** The lines, trimmed and without invisible characters; several empty ones in a row are one. */
export function ownLines({ text, html }: { text: string; html: string }): string[] {
  const written = text.trim() === '' ? readHtml(html) : text;
  const lines = written.slice(0, mostCharacters).split('\n', mostLines);
  return tidy(typedLines(lines.map((line) => oneLine(line.slice(0, longestLine)))));
}

function typedLines(lines: readonly string[]): string[] {
  const typed: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (isQuoted(line)) continue;
    if (isEnd(lines, at)) break;
    const wroteEnd = endOfWrote(lines, at);
    if (wroteEnd === undefined) typed.push(line);
    // Below a quote with marks somebody may have typed; one without marks has no end.
    else if (isQuoted(lines.slice(wroteEnd + 1).find(Boolean) ?? '')) at = wroteEnd;
    else break;
  }
  return typed;
}

function isQuoted(line: string): boolean {
  return line.startsWith('>') || line.startsWith('|>');
}

/** Whether nothing below this line was typed: a signature, a rule, a head, or what frames a forwarded mail. */
function isEnd(lines: readonly string[], at: number): boolean {
  const line = lines[at]!;
  if (line === '') return false;
  const folded = foldWords(line);
  const starts = (words: readonly string[]): boolean => words.some((one) => folded.startsWith(one));
  return (
    line === '--' ||
    isRule(line) ||
    (line.startsWith('--') && line.endsWith('--')) ||
    starts(forwardedStarts) ||
    starts(programSignatures) ||
    (isHeadField(line) && lines.slice(at + 1, at + 1 + headLines).some(isHeadField))
  );
}

/** "________________" and the like; Outlook's is of 32. */
function isRule(line: string): boolean {
  return line.length >= 8 && Array.from(line).every((character) => '_-=*─—'.includes(character));
}

function isHeadField(line: string): boolean {
  // In a table, or bold as text writes it.
  const bare = foldWords(Array.from(line).filter((character) => !'*|'.includes(character)).join('')); // prettier-ignore
  const colon = bare.indexOf(':');
  const name = colon > 0 ? bare.slice(0, colon).trim() : bare.split(' ', 1)[0]!;
  return headFields.includes(name) && (colon > 0 || line.startsWith('|'));
}

/** The last line of the sentence that says who wrote what is quoted, if it begins here. */
function endOfWrote(lines: readonly string[], at: number): number | undefined {
  const first = foldWords(lines[at]!);
  const mayGoOn = wroteStarts.some((start) => first.startsWith(start)) || first.includes('@');
  let joined = '';
  for (let end = at; end < at + (mayGoOn ? wroteLines : 1) && lines[end]; end++) {
    joined = `${joined} ${foldWords(lines[end]!)}`.trim();
    if (joined.endsWith(':') && wroteWords.some((word) => joined.includes(word)) && hasDigitOrAddress(joined))
      return end;
  }
  return undefined;
}

/** "He wrote:" is somebody's own sentence. */
function hasDigitOrAddress(text: string): boolean {
  return text.includes('@') || Array.from(text).some((character) => character >= '0' && character <= '9');
}

function tidy(lines: readonly string[]): string[] {
  const kept = lines.filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''));
  while (kept[0] === '') kept.shift();
  while (kept.at(-1) === '') kept.pop();
  return kept;
}
