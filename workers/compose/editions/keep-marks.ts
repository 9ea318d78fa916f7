// A text -> the same with a mark in place of whatever must not be translated, and the way back; pure.
import { formulasIn } from '../../../core/tex/find-formula.ts';

export interface MarkedText {
  /** With [[1]], [[2]] and so on in place of what is kept. */
  text: string;
  /** What they stand for, in order. */
  kept: string[];
}

interface Span {
  start: number;
  end: number;
}

/** A quote is no longer: an opening sign without its partner keeps nothing. */
const longestQuote = 300;
const quoteSigns: Readonly<Record<string, string>> = {
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u00ab': '\u00bb',
  '"': '"',
};
const addressEnds = new Set([' ', '\n', '\t', ')', '>', '"', '\u201d']);

/**
 * Puts marks in place of formulas, quotes with their signs, addresses (of links, too) and the names given, such as titles
 * of papers. A mark that the text itself holds is kept as well. Linear in the length of the text, for each name.
 */
export function keepMarks(text: string, names: readonly string[] = []): MarkedText {
  const spans = [...formulasIn(text), ...quotesIn(text), ...addressesIn(text), ...marksIn(text), ...names.flatMap((name) => spansOf(text, name))]; // prettier-ignore
  const kept: string[] = [];
  let [marked, at] = ['', 0];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    kept.push(text.slice(start, end));
    marked += `${text.slice(at, start)}[[${kept.length}]]`;
    at = end;
  }
  return { text: marked + text.slice(at), kept };
}

/** Puts back what was kept; undefined where a mark is lost, is there twice, or was not given. */
export function putBack(said: string, kept: readonly string[]): string | undefined {
  const seen = new Set<number>();
  let [text, at] = ['', 0];
  for (const { start, end } of marksIn(said)) {
    const number = Number(said.slice(start + 2, end - 2));
    if (number > kept.length || number < 1 || seen.has(number)) return undefined;
    seen.add(number);
    text += said.slice(at, start) + kept[number - 1]!;
    at = end;
  }
  return seen.size === kept.length ? text + said.slice(at) : undefined;
}

/** Whether anything is left to translate. */
export function isAllKept({ text }: MarkedText): boolean {
  const spans = marksIn(text);
  const length = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return text.trim().length <= length + 2 * spans.length;
}

/** [[1]], with blanks inside, as some models write them. */
function marksIn(text: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf('[['); start !== -1; start = text.indexOf('[[', start + 1)) {
    const end = text.indexOf(']]', start);
    const inside = text.slice(start + 2, end).trim();
    if (end === -1) break;
    if (end - start < 9 && inside !== '' && inside.split('').every((one) => one >= '0' && one <= '9')) spans.push({ start, end: end + 2 }); // prettier-ignore
  }
  return spans;
}

function quotesIn(text: string): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < text.length; start++) {
    const partner = quoteSigns[text[start]!];
    if (partner === undefined) continue;
    const end = text.slice(start + 1, start + longestQuote).indexOf(partner);
    if (end <= 0 || text.slice(start, start + end).includes('\n\n')) continue;
    spans.push({ start, end: start + end + 2 });
    start += end + 1;
  }
  return spans;
}

function addressesIn(text: string): Span[] {
  return ['http://', 'https://', 'mailto:', 'www.'].flatMap((scheme) =>
    spansOf(text, scheme).map(({ start }) => {
      let end = start;
      while (end < text.length && !addressEnds.has(text[end]!)) end++;
      return { start, end };
    }),
  );
}

function spansOf(text: string, part: string): Span[] {
  const spans: Span[] = [];
  if (part === '') return spans;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) spans.push({ start: at, end: at + part.length }); // prettier-ignore
  return spans;
}
