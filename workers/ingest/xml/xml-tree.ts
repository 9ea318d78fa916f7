// The text of an XML document -> elements with their base and language, the records (items, entries) handed over one by one; pure.
import { createEntities, type Entities } from './xml-entities.ts';
import { innerScope, outerScope, resolveName, type NameScope } from './xml-names.ts';
import { scanXml } from './scan-xml.ts';

export interface XmlElement {
  /** In lower case, with the prefix its namespace usually has; without one in the namespace of the root. */
  name: string;
  /** By names in lower case. */
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
  /** The xml:base in force, absolute when it can be. */
  base: string | undefined;
  /** The xml:lang in force. */
  language: string | undefined;
}

export interface XmlReading {
  /** Where the document was found: what an xml:base that is no whole address is meant against (RFC 3986, 5.1.3). */
  url?: string | undefined;
  /** Roots of a feed: the namespace of the first one met counts as none. */
  isRoot: (localName: string) => boolean;
  /** Elements that are handed to `onRecord` when they end, and then forgotten. */
  isRecord: (name: string) => boolean;
  onRecord: (record: XmlElement) => void;
  /** Whether the rest of the document may stay unread. */
  isEnough: () => boolean;
}

interface Open {
  element: XmlElement;
  rawName: string;
  scope: NameScope;
}

/** Deeper elements are read as if their tags were not there: nobody nests so, and recursion stays safe. */
const maxDepth = 200;
/** Elements and texts of one record, or of all that is outside of records; what comes after is not kept. */
const maxNodes = 100_000;
const voidNames = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col']);

/**
 * Reads a document; its outermost elements are the children of what is returned. Closing tags that are missing are
 * supplied, those too many are ignored; a record inside a record of the same name ends the first one.
 */
export function readXml(text: string, reading: XmlReading): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], base: undefined, language: undefined };
  const stack: Open[] = [{ element: top, rawName: '', scope: outerScope() }];
  const entities = createEntities();
  let core: string | undefined;
  let beyond = 0;
  let record: XmlElement | undefined;
  const nodes = { inside: 0, outside: 0 };

  const current = () => stack.at(-1)!;
  function keep(child: XmlElement | string): void {
    const where = record === undefined ? 'outside' : 'inside';
    if (where === 'outside' && typeof child === 'string' && child.trim() === '') return;
    if (nodes[where]++ < maxNodes) current().element.children.push(child);
  }
  function leave(): void {
    const { element } = stack.pop()!;
    if (element !== record) return;
    record = undefined;
    nodes.inside = 0;
    reading.onRecord(element);
  }
  function leaveUntil(at: number): void {
    while (stack.length > at) leave();
  }

  scanXml(text, {
    open(rawName, raw) {
      if (stack.length > maxDepth) return void beyond++;
      const attributes = decodeAll(raw, entities);
      const scope = innerScope(current().scope, attributes);
      if (core === undefined && reading.isRoot(localOf(rawName))) core = rootSpace(rawName, scope);
      const name = resolveName(rawName, scope, core);
      if (record?.name === name) leaveUntil(stack.findIndex(({ element }) => element === record));
      const element = childOf(name, attributes, { parent: current().element, url: reading.url });
      if (record === undefined && reading.isRecord(name)) record = element;
      else keep(element);
      stack.push({ element, rawName: rawName.toLowerCase(), scope });
      // By the name in its one spelling, whose part behind the colon is the same.
      if (voidNames.has(name.slice(name.indexOf(':') + 1))) leave();
    },
    close(rawName) {
      if (beyond > 0) return void beyond--;
      if (stack.length > 1 && current().rawName === rawName) return leave();
      const name = rawName.toLowerCase();
      const at = stack.findLastIndex((open) => open.rawName === name);
      if (at > 0) leaveUntil(at);
    },
    isEnough: () => reading.isEnough(),
    text: (part) => keep(entities.decode(part)),
    literal: keep,
    declarations: (part) => entities.declare(part),
  });
  leaveUntil(1);
  return top;
}

function decodeAll(raw: Record<string, string>, entities: Entities): Record<string, string> {
  for (const name in raw) raw[name] = entities.decode(raw[name]!);
  return raw;
}

/** A root is looked for by its local name, since its namespace is often wrong. */
function rootSpace(rawName: string, scope: NameScope): string {
  const resolved = resolveName(rawName, { prefixes: scope.prefixes, names: new Map() }, undefined);
  return resolved.includes(':') ? resolved.slice(0, resolved.lastIndexOf(':')) : '';
}

function childOf(
  name: string,
  attributes: Record<string, string>,
  { parent, url }: { parent: XmlElement; url: string | undefined },
): XmlElement {
  const base = attributes['xml:base'];
  const language = attributes['xml:lang'];
  return {
    name,
    attributes,
    children: [],
    base: base === undefined ? parent.base : resolveUrl(base.trim(), parent.base ?? url),
    language: language ?? parent.language,
  };
}

/** `link` against `base`; as it is when it is whole already, or there is nothing to resolve it against. */
export function resolveUrl(link: string, base: string | undefined): string {
  if (base === undefined || /^[a-z][a-z\d+.-]*:/i.test(link) || !URL.canParse(link, base)) return link;
  return new URL(link, base).href;
}

function localOf(rawName: string): string {
  return rawName.slice(rawName.indexOf(':') + 1).toLowerCase();
}
