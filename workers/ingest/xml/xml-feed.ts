// An XML feed (RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF) -> one ParsedFeed; pure.
import type { ParsedFeed, ParsedItem } from '../parsed-item.ts';
import { readRefreshHints } from '../politeness/refresh-hints.ts';
import { authorsOf, dateIn, dateOfAttribute, linkOf, readItem } from './xml-item.ts';
import { readXml, type XmlElement } from './xml-tree.ts';
import { addressOf, childrenOf, htmlOf, textIn, xmlTextOf } from './xml-value.ts';

/** Nobody reads on: a list this long is a store, or an attack. */
const maxItems = 100_000;
const roots = new Set(['rss', 'rdf', 'feed', 'channel']);

/** Reads a feed found at `url`; undefined when the text has no root of one. What is torn gives what was before the tear. */
export function readXmlFeed(text: string, url?: string): ParsedFeed | undefined {
  const items: ParsedItem[] = [];
  // Of the root only its name is known while items come.
  let isAtom = false;
  const document = readXml(text, {
    url,
    isRoot: (name) => {
      if (!roots.has(name)) return false;
      isAtom = name === 'feed';
      return true;
    },
    isRecord: (name) => name === 'item' || name === 'entry' || name === 'atom:entry',
    onRecord: (record) => {
      if (items.length < maxItems) items.push(readItem(record, isAtom));
    },
    isEnough: () => items.length >= maxItems,
  });
  const root = findRoot(document);
  if (!root) return undefined;
  const channel = childrenOf(root, 'channel')[0] ?? root;
  return { ...readChannel(channel, root, isAtom), items: withAuthors(items, authorsOf(channel)) };
}

/** The outermost element that is a feed's, but not one somewhere in a page. */
function findRoot(element: XmlElement): XmlElement | undefined {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (roots.has(child.name)) return child;
    if (child.name === 'html' || child.name === 'xhtml:html') return undefined;
    const inner = findRoot(child);
    if (inner) return inner;
  }
  return undefined;
}

function readChannel(channel: XmlElement, root: XmlElement, isAtom: boolean): Omit<ParsedFeed, 'items'> {
  const language = textIn(channel, 'language', 'dc:language') ?? channel.language ?? root.language;
  const own = dateIn(
    channel,
    'lastbuilddate',
    'updated',
    'modified',
    'pubdate',
    'dc:date',
    'dcterms:modified',
    'atom:updated',
  );
  return {
    title: spoken(channel, isAtom, ['title', 'atom:title', 'dc:title']),
    link: linkOf(channel) ?? null,
    description: spoken(channel, isAtom, [
      'description',
      'subtitle',
      'tagline',
      'abstract',
      'dc:description',
      'itunes:summary',
      'atom:subtitle',
    ]),
    language: language?.replaceAll('_', '-') ?? null,
    id: textIn(channel, 'id', 'atom:id') ?? channel.attributes['rdf:about'] ?? null,
    self: selfOf(channel),
    updated: own ?? dateOfAttribute(channel),
    asked: readRefreshHints(channel),
  };
}

function selfOf(channel: XmlElement): string | undefined {
  return addressOf(childrenOf(channel, 'link', 'atom:link').find(({ attributes: { rel } }) => rel === 'self'));
}

/** As HTML; of an element that is there and empty, nothing. */
function spoken(channel: XmlElement, isAtom: boolean, names: string[]): string | null {
  const elements = childrenOf(channel, ...names);
  const element = elements.find((candidate) => xmlTextOf(candidate) !== '') ?? elements[0];
  return element ? htmlOf(element, isAtom || element.name.startsWith('atom:')) : null;
}

/** Who writes a feed writes what nobody signed. */
function withAuthors(items: ParsedItem[], authors: string[]): ParsedItem[] {
  if (authors.length > 0) for (const item of items) if (item.authors.length === 0) item.authors = authors;
  return items;
}
