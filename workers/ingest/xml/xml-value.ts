// An element of a feed -> its text, its HTML, its address; pure.
import { decodeText } from '../clean/decode.ts';
import { escapeText } from '../clean/escape-text.ts';
import { resolveUrl, type XmlElement } from './xml-tree.ts';

/** The children with one of these names, in the order of the names. */
export function childrenOf(element: XmlElement, ...names: string[]): XmlElement[] {
  let found: XmlElement[] | undefined;
  // Loops, and no list for nothing, since every item is asked some forty times.
  for (const name of names) {
    for (const child of element.children) {
      if (typeof child === 'string' || child.name !== name) continue;
      if (found === undefined) found = [child];
      else found.push(child);
    }
  }
  return found ?? [];
}

/** What the first child with one of these names says, if any of them says something. */
export function textIn(element: XmlElement | undefined, ...names: string[]): string | undefined {
  if (!element) return undefined;
  for (const child of childrenOf(element, ...names)) {
    const text = xmlTextOf(child);
    if (text !== '') return text;
  }
  return undefined;
}

/** The words of an element, without tags. */
export function xmlTextOf(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only.trim();
  return element.children
    .map((child) => (typeof child === 'string' ? child : xmlTextOf(child)))
    .join('')
    .trim();
}

/** What an element says as HTML. Unless `isText`, its text is taken to be markup already. */
export function htmlOf(element: XmlElement, isText: boolean): string {
  if (element.children.some((child) => typeof child !== 'string')) return markupOf(element).trim();
  const { text, type } = unpacked(element);
  return isText && !/html|xml/i.test(type) ? escapeText(text) : text;
}

/** Whether a text construct of Atom is plain text: so it is unless it says otherwise (RFC 4287, 3.1.1). */
export function isPlain(element: XmlElement): boolean {
  return element.children.every((child) => typeof child === 'string') && !/html|xml/i.test(unpacked(element).type);
}

/** Text that may be packed as base64: in Atom 0.3 by its mode, in 1.0 by any type that is no text (RFC 4287, 4.1.3.3). */
export function unpacked(element: XmlElement): { text: string; type: string } {
  const { mode, type = 'text', encoding } = element.attributes;
  const text = xmlTextOf(element);
  const isNamed = mode === 'base64' || encoding === 'base64';
  const mayBe = mode === undefined && /\//.test(type) && !/^(text|message)\/|[/+]xml\b/i.test(type);
  if (!isNamed && !mayBe) return { text, type };
  const bare = text.replace(/\s+/g, '');
  if (bare.length % 4 !== 0 || !/^[a-z\d+/]+={0,2}$/i.test(bare)) return { text, type };
  // What is packed is packed for its markup.
  return {
    text: decodeText(Buffer.from(bare, 'base64')).trim(),
    type: type.startsWith('text/plain') ? type : 'text/html',
  };
}

const voidNames = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col']);

/** Attributes that hold an address. */
const linking = new Set(['href', 'src']);

/** The children of an element as HTML, links resolved as far as its bases say; prefixes are dropped, since HTML has none. */
function markupOf(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escapeText(child);
      const name = child.name.slice(child.name.lastIndexOf(':') + 1);
      const attributes = Object.entries(child.attributes)
        .filter(([key]) => !key.includes(':') && key !== 'xmlns')
        // A base of its own means this element and what is in it, and HTML has no way to say so.
        .map(([key, value]) => [key, linking.has(key) && child.base ? resolveUrl(value.trim(), child.base) : value])
        .map(([key, value]) => ` ${key}="${escapeText(value!).replaceAll('"', '&quot;')}"`);
      const tag = `<${name}${attributes.join('')}>`;
      return voidNames.has(name) ? tag : `${tag}${markupOf(child)}</${name}>`;
    })
    .join('');
}

/** The address an element gives, as an attribute or as its text, resolved by its xml:base. */
export function addressOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  const { href, url, 'rdf:resource': resource } = element.attributes;
  const address = (href ?? resource ?? url ?? xmlTextOf(element)).trim();
  return address === '' ? undefined : resolveUrl(address, element.base);
}
