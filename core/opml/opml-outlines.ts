// A list of feeds in OPML, however broken -> its outlines, each with its line; pure.
import { decodeHTMLAttribute } from 'entities';
import { Parser } from 'htmlparser2';
import { PermanentError } from '../errors.ts';

export interface Outline {
  /** By their names in small letters. */
  attributes: Readonly<Record<string, string>>;
  /** From 1. */
  line: number;
  children: Outline[];
}

/** Folders within folders; nobody sorts deeper, and the parser takes longer with each. */
const maxDepth = 100;
/** Longer than any name or address; of a name what is behind is not looked at. */
const maxValue = 5000;

/**
 * Reads the outlines of a list. What no parser of XML would take is read as far as it goes: repeated attributes (the first
 * counts), a bare "&", tags without an end, quotation marks that stay open, text that is no XML but has `xmlUrl=`. Throws
 * PermanentError for what has no outline at all, or is deeper than 100 folders. An address that was cut off, or is longer than
 * 5,000 characters, is empty: half of it leads elsewhere.
 */
export function readOutlines(text: string): Outline[] {
  const reading: Reading = { text, lineAt: countLines(text), top: [], open: [], depth: 0, readTo: 0, hasTags: false };
  const parser: Parser = new Parser(
    {
      onopentag: (name, raw) => openTag(reading, name, { raw, from: parser.startIndex, to: parser.endIndex + 1 }),
      onclosetag(name, isImplied) {
        reading.depth--;
        if (!isImplied) reading.readTo = parser.endIndex + 1;
        if (isOutline(name)) reading.open.pop();
      },
      ontext: () => (reading.readTo = parser.endIndex + 1),
      oncomment: () => (reading.readTo = parser.endIndex + 1),
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: false },
  );
  parser.end(text);
  // A tag at the end that was cut off, or a text that is no XML at all.
  salvage(reading, reading.hasTags ? reading.readTo : 0, text.length);
  if (reading.top.length === 0) {
    throw new PermanentError('This is no OPML file: it has no outlines in its body. Export the list again.');
  }
  return reading.top;
}

interface Reading {
  text: string;
  lineAt: (position: number) => number;
  top: Outline[];
  open: Outline[];
  depth: number;
  hasTags: boolean;
  /** Where what has been understood ends. */
  readTo: number;
}

interface Tag {
  raw: Record<string, string>;
  from: number;
  to: number;
}

function openTag(reading: Reading, name: string, { raw, from, to }: Tag): void {
  const { text, open, lineAt } = reading;
  if (++reading.depth > maxDepth) throw tooDeep(lineAt(from));
  reading.readTo = to;
  reading.hasTags = true;
  if (!isOutline(name)) return;
  const source = text.slice(from, to);
  // A quotation mark that stayed open took the tags behind it along.
  const next = source.slice(1).search(/<(?:[\w.-]{1,40}:)?outline\s{1,20}\w/i) + 1;
  const own = next > 0 ? source.slice(0, next) : source;
  const isWhole = next === 0 && (raw['xmlurl'] !== undefined || !/xmlurl/i.test(source));
  add(reading, isWhole ? decoded(raw) : attributesIn(own), from);
  open.push((open.at(-1)?.children ?? reading.top).at(-1)!);
  if (next > 0) salvage(reading, from + next, to);
}

function add({ top, open, lineAt }: Reading, attributes: Record<string, string>, at: number): void {
  (open.at(-1)?.children ?? top).push({ attributes, line: lineAt(at), children: [] });
}

/** The outlines in a stretch that no parser understands, or else the addresses in it. */
function salvage(reading: Reading, from: number, to: number): void {
  const source = reading.text.slice(from, to);
  const isAtEnd = (end: number): boolean => from + end === reading.text.length;
  const outlines = [...source.matchAll(/<(?:[\w.-]{1,40}:)?outline\b[^<]*/gi)];
  for (const { 0: tag, index } of outlines) add(reading, attributesIn(tag, isAtEnd(index + tag.length)), from + index);
  if (outlines.length > 0) return;
  for (const found of source.matchAll(/\bxmlUrl["']?\s{0,9}[=:]\s{0,9}(["']?)([^"'\s<>]{1,5001})/gi)) {
    const [all, mark, address] = found;
    const isCut = mark !== '' && isAtEnd(found.index + all.length);
    add(reading, decoded({ xmlurl: isCut ? '' : address! }), from + found.index);
  }
}

/** Whatever the prefix of its namespace: "o:outline". */
function isOutline(name: string): boolean {
  return name === 'outline' || name.endsWith(':outline');
}

/** The attributes of a tag whose quotation marks do not match: a value ends where the next name begins at the latest. */
function attributesIn(tag: string, isCut = false): Record<string, string> {
  const parts = tag.split(/(?<![\s"'])[\s"']+(?=[A-Za-z][\w:.-]{0,60}\s?=)/);
  const pairs = parts.flatMap((part) => {
    const [, name, value] = /^([A-Za-z][\w:.-]{0,60})\s?=\s?["']?([\s\S]*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return [];
    const end = value.search(/["']|\/?>/);
    const key = name.toLowerCase();
    if (end < 0 && isCut && isAddress(key)) return [[key, ''] as const];
    return [[key, (end < 0 ? value : value.slice(0, end)).trim()] as const];
  });
  return decoded(Object.fromEntries(pairs.toReversed()));
}

function decoded(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const isWhole = value.length <= maxValue || !isAddress(name);
      return [name, isWhole ? decodeHTMLAttribute(value.slice(0, maxValue)) : ''];
    }),
  );
}

function isAddress(name: string): boolean {
  return name.endsWith('url');
}

function tooDeep(line: number): PermanentError {
  return new PermanentError(`This is no OPML file: line ${line} is ${maxDepth} folders deep. Export the list again.`);
}

/** The line of a position; asked for positions that mostly grow, it counts each line once. */
function countLines(text: string): (at: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (position) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
