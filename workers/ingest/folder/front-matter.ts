// What stands before a document (YAML, TOML or JSON) -> its fields as texts, lists and maps of texts; pure.
import { parse as parseToml, TomlDate } from 'smol-toml';
import { isCollection, isMap, isNode, isScalar, parseDocument, visit, type Document as Yaml, type YAMLMap } from 'yaml';
import { readBareFields } from './bare-fields.ts';
import type { FrontFields, FrontValue } from './front-value.ts';

export interface Document {
  front: FrontFields;
  body: string;
  /** The fields that were not what they claim to be and were taken as they stand. */
  repaired: string[];
  /** Nobody closed the front matter. */
  isOpen?: boolean;
}

type Format = 'yaml' | 'toml' | 'json';

/** More than any document says of itself; libraries need many times the memory. */
const maxLength = 100_000;
const fences: [Format, RegExp][] = [
  ['yaml', /^---[ \t]*(?:ya?ml[ \t]*)?\n([\s\S]*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|$)/],
  ['toml', /^(?:\+\+\+|---[ \t]*toml)[ \t]*\n([\s\S]*?)(?<=\n)(?:\+\+\+|---)[ \t]*(?:\n|$)/],
  ['json', /^(?:---[ \t]*json[ \t]*\n)?(\{[ \t]*\n[\s\S]*?\n\}|\{[^\n]*\})[ \t]*(?:\n---[ \t]*)?(?:\n|$)/],
];

/**
 * Splits a document. A value that cannot be read is taken as the text it is and loses at most itself; what is fenced like
 * front matter and names no field is part of the body.
 */
export function splitFrontMatter(text: string): Document {
  const whole = { front: {}, body: text, repaired: [] };
  const bare = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '');
  for (const [format, fence] of fences) {
    const [head, source] = fence.exec(bare) ?? [];
    if (head === undefined || source === undefined) continue;
    const open = format === 'json' || !endsBefore(format, source) ? undefined : readUnclosed(bare);
    if (open) return open;
    const { front, repaired } = readFields(format, source);
    if (Object.keys(front).length > 0) return { front, body: bare.slice(head.length), repaired };
    if (source.trim() === '') return { ...whole, body: bare.slice(head.length) };
  }
  const bareFields = readUnopened(bare) ?? readBareFields(bare);
  return readUnclosed(bare) ?? (bareFields ? { ...bareFields, repaired: [] } : whole);
}

/** More than anybody writes of a post. */
const maxBareLines = 100;

/** Hexo's fields, which begin at once and end with "---", or with ";;;" where they are JSON without its braces. */
function readUnopened(bare: string): Pick<Document, 'front' | 'body'> | undefined {
  const lines = bare.split('\n', maxBareLines);
  const end = lines.findIndex((line) => /^(?:---|;;;)[ \t]{0,9}$/.test(line));
  const isField = (line: string): boolean => line.trim() !== '';
  if (end < 1 || !/^["']?\w/.test(bare) || !lines.slice(0, end).every(isField)) return undefined;
  const source = `${lines.slice(0, end).join('\n')}\n`;
  if (!known.test(source)) return undefined;
  const front = lines[end]!.startsWith('-') ? readers.yaml(source) : readers.json(`{${source}}`);
  const body = bare.split('\n').slice(end + 1).join('\n'); // prettier-ignore
  return front && Object.keys(front).length > 0 ? { front, body } : undefined;
}

/** Names that tell fields from a sentence with a colon under a line. */
const known = /^["']?(?:title|date|draft|published|status|layout|author|authors|tags|slug|params)["']?[ \t]*[:=]/im;

/** Whether the fields end at an empty line, words follow, and the mark behind them is a rule of the text. */
function endsBefore(format: 'yaml' | 'toml', source: string): boolean {
  const end = source.search(/\n[ \t]*\n/);
  if (end < 0) return false;
  const rest = source.slice(end);
  const isWords = (line: string): boolean => line !== '' && !starts[format].test(line) && !/^(?:\s|[-#[])/.test(line);
  return rest.split('\n').some(isWords) && !known.test(rest) && readers[format](source) === undefined;
}

/** A fence that nobody closed: fields up to the first empty line. */
function readUnclosed(bare: string): Document | undefined {
  const [head, mark, source] = /^(---|\+\+\+)[ \t]*\n((?:[^\n]*\S[^\n]*(?:\n|$))+)/.exec(bare) ?? [];
  if (head === undefined || source === undefined || !known.test(source)) return undefined;
  const format = mark === '---' ? 'yaml' : 'toml';
  const lines = source.trimEnd().split('\n');
  if (!lines.every((line) => starts[format].test(line) || /^(?:\s|[-#[])/.test(line))) return undefined;
  const { front, repaired } = readFields(format, source);
  return { front, body: bare.slice(head.length), repaired, isOpen: true };
}

function readFields(format: Format, source: string): Pick<Document, 'front' | 'repaired'> {
  const front = source.length <= maxLength ? readers[format](source) : undefined;
  return front ? { front, repaired: [] } : format === 'json' ? { front: {}, repaired: [] } : readLines(format, source);
}

/** All of it, or undefined when a part is not what it claims to be. */
const readers: Record<Format, (source: string) => FrontFields | undefined> = {
  yaml: (source) => {
    // The failsafe schema leaves numbers as they are written; aliases multiply, a few lines can stand for gigabytes.
    const document = parseDocument(source, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    return unlessBroken(() => {
      if (isMap(document.contents)) keepWords(document.contents, document, source);
      return fieldsOf(document.toJS({ maxAliasCount: 20 }));
    });
  },
  toml: (source) => unlessBroken(() => fieldsOf(parseToml(source))),
  json: (source) => unlessBroken(() => fieldsOf(JSON.parse(source))),
};

const ownTags = /^tag:yaml\.org,2002:/;

/**
 * What YAML takes out of a value that its author meant as words is put back: "!important thing" is no tag, "&amp foo" no anchor
 * where nothing refers to it, "[Note]" is no list and "#42" no remark where a title stands.
 */
function keepWords(fields: YAMLMap, document: Yaml, source: string): void {
  const referred = new Set<string>();
  visit(document, { Alias: (_, { source: name }) => void referred.add(name) });
  for (const pair of fields.items) {
    const { key, value } = pair;
    if (!isScalar(key) || !isNode(value) || !key.range || !value.range) continue;
    const isTag = value.tag !== undefined && !ownTags.test(value.tag);
    const isAnchor = 'anchor' in value && value.anchor !== undefined && !referred.has(value.anchor);
    const isTitle = /^title$/i.test(String(key.value));
    const isList = isTitle && isCollection(value) && value.flow === true;
    // "Issue #42 is out": who writes a remark leaves a space behind its mark.
    const isNumber = isTitle && isScalar(value) && /^[^\s#]/.test(value.comment ?? ' ');
    const end = value.range[isNumber ? 2 : 1];
    const written = source.slice(key.range[1], end).replace(/^\s*:/, '').trim();
    if ((isTag || isAnchor || isList || isNumber) && !written.includes('\n')) pair.value = document.createNode(written);
  }
}

function unlessBroken<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const starts = {
  yaml: /^["']?[\p{L}_][\p{L}\p{N} _.-]{0,60}["']?[ \t]*:/u,
  toml: /^["']?[\w-]{1,60}["']?[ \t]*=/,
};

/**
 * Field by field: one begins with a name at the start of a line, what is indented or begins with "-" goes on with it. A field
 * of a table of TOML counts where none of its name stands above the tables.
 */
function readLines(format: 'yaml' | 'toml', source: string): Pick<Document, 'front' | 'repaired'> {
  const chunks: string[] = [];
  let length = 0;
  for (const line of source.split('\n')) {
    length += line.length;
    if (length > maxLength) break;
    if (format === 'toml' && line.startsWith('[')) continue;
    if (starts[format].test(line)) chunks.push(line);
    else if (chunks.length > 0) chunks[chunks.length - 1] += `\n${line}`;
  }
  const front: FrontFields = {};
  const repaired: string[] = [];
  // The first of a TOML name counts, as the last of a YAML name does.
  for (const chunk of format === 'toml' ? chunks.toReversed() : chunks) {
    const read = readers[format](chunk);
    const [, spelled = '', value = ''] = /^([^:=]*)[:=]([^\n]*)/.exec(chunk) ?? [];
    const name = spelled.trim().replace(/^["']|["']$/g, '');
    if (!read || Object.keys(read).length === 0) repaired.push(name);
    Object.assign(front, read && Object.keys(read).length > 0 ? read : { [name]: unquoted(value) });
  }
  return { front, repaired };
}

function unquoted(value: string): string {
  const bare = value.trim();
  return bare.replace(/^(["'])(.*)\1$/, '$2').replace(/^["'](?=[^"']*$)/, '');
}

function fieldsOf(value: unknown): FrontFields {
  const fields = asTexts(value);
  return typeof fields === 'object' && !Array.isArray(fields) ? fields : {};
}

function asTexts(value: unknown): FrontValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.flatMap((one) => asTexts(one) ?? []);
  if (value instanceof TomlDate || value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const entries = Object.entries(value).map(([name, one]) => [name, asTexts(one)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, FrontValue] => entry[1] !== undefined));
}
