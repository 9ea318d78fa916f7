// The text of an XML document, whole or torn -> its tags and texts one by one, in time linear in its length; pure.

export interface XmlEvents {
  open(name: string, attributes: Record<string, string>, isClosed: boolean): void;
  close(name: string): void;
  /** Character data, its references not yet decoded. */
  text(text: string): void;
  /** Character data that has no references. */
  literal(text: string): void;
  /** The declarations inside a DOCTYPE. */
  declarations(text: string): void;
}

const tagName = /[^\s/><="'&]+/y;
const attribute = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/y;
const tagRest = /[^<>]*>?/y;

/**
 * Tells `on` everything that is in `text`. Nothing is an error: a lone "<" is text, what is never closed ends with the
 * document. Attribute names come in lower case. No reference is followed, so nothing outside is ever read.
 */
export function scanXml(text: string, on: XmlEvents): void {
  const search = createSearch(text);
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('<', at);
    if (start !== at) on.text(start === -1 ? text.slice(at) : text.slice(at, start));
    if (start === -1) return;
    at = readMarkup({ text, search, on }, start);
  }
}

interface Scan {
  text: string;
  search: (mark: string, from: number) => number;
  on: XmlEvents;
}

/** `indexOf` that never looks twice for what is not there: else a row of torn comments takes quadratic time. */
function createSearch(text: string): Scan['search'] {
  const missing = new Set<string>();
  return (mark, from) => {
    if (missing.has(mark)) return -1;
    const found = text.indexOf(mark, from);
    if (found === -1) missing.add(mark);
    return found;
  };
}

/** Reads what begins with the "<" at `start`; returns where it ends. */
function readMarkup(scan: Scan, start: number): number {
  const { text, on } = scan;
  const next = text.charCodeAt(start + 1);
  if (next === 0x21) return readDeclaration(scan, start);
  if (next === 0x3f) return endOf(scan, start, '?>');
  if (next === 0x2f) {
    const end = endOf(scan, start, '>');
    on.close(text.slice(start + 2, end).replace(/[\s>].*$/s, ''));
    return end;
  }
  tagName.lastIndex = start + 1;
  const name = /[\p{L}_:]/u.test(text.charAt(start + 1)) ? tagName.exec(text)?.[0] : undefined;
  if (name === undefined) {
    on.literal('<');
    return start + 1;
  }
  return readTag(scan, name, start + 1 + name.length);
}

function readTag({ text, on }: Scan, name: string, from: number): number {
  const attributes: Record<string, string> = {};
  let at = from;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(text);
    if (!found) break;
    at = attribute.lastIndex;
    attributes[found[1]!.toLowerCase()] ??= found[2] ?? found[3] ?? found[4] ?? '';
  }
  tagRest.lastIndex = at;
  const rest = tagRest.exec(text)![0];
  const end = at + rest.length;
  on.open(name, attributes, /\/\s*>$/.test(text.slice(Math.max(from, end - 8), end)));
  return end;
}

function readDeclaration(scan: Scan, start: number): number {
  const { text, search, on } = scan;
  if (text.startsWith('<![CDATA[', start)) {
    const end = search(']]>', start + 9);
    on.literal(text.slice(start + 9, end === -1 ? text.length : end));
    return end === -1 ? text.length : end + 3;
  }
  if (text.startsWith('<!--', start)) return endOf(scan, start, '-->');
  const end = endOf(scan, start, '>');
  const inner = text.slice(start, end).indexOf('[');
  if (inner === -1) return end;
  const close = search(']', start + inner);
  if (close === -1) return end;
  on.declarations(text.slice(start + inner + 1, close));
  return endOf(scan, close, '>');
}

/** Where `mark` ends; without one, where the next ">" does. */
function endOf({ text, search }: Scan, from: number, mark: string): number {
  const found = search(mark, from);
  if (found !== -1) return found + mark.length;
  const angle = search('>', from);
  return angle === -1 ? text.length : angle + 1;
}
