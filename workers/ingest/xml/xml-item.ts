// An `<item>` or `<entry>` of any feed format -> one ParsedItem; pure.
import { doiKey } from '../../../core/addresses/keys.ts';
import { escapeText } from '../clean/escape-text.ts';
import { transcriptsIn } from '../talks/offered-transcripts.ts';
import { blankItem, type ParsedItem } from '../parsed-item.ts';
import { readDate } from '../dates/read-date.ts';
import { resolveUrl, type XmlElement } from './xml-tree.ts';
import { addressOf, childrenOf, htmlOf, isPlain, textIn, xmlTextOf, unpacked } from './xml-value.ts';

/** Reads one item; `isAtom` says whether its texts are plain unless they say otherwise. */
export function readItem(item: XmlElement, isAtom: boolean): ParsedItem {
  const { summary, content } = bodiesOf(item, isAtom);
  const bases = { summary: summary?.base, content: content?.base };
  const media = mediaOf(item);
  const transcripts = transcriptsIn(item);
  const ownLinks = isEpisode(item) ? [permalinkOf(item), mediaAddress(item)].filter((link) => link !== undefined) : [];
  const issued = dateIn(
    item,
    'pubdate',
    'published',
    'atom:published',
    'issued',
    'dcterms:issued',
    'dcterms:created',
    'created',
  );
  const dated = dateIn(item, 'dc:date', 'date', 'pubdatetime');
  const changed = dateIn(item, 'updated', 'atom:updated', 'modified', 'dcterms:modified', 'lastmod', 'lastmodified');
  return {
    ...blankItem,
    id: idOf(item),
    ...titleOf(item, isAtom, media.title),
    link: linkOf(item) ?? null,
    ...(ownLinks.length > 0 ? { ownLinks } : {}),
    summary: summary?.html ?? media.description ?? null,
    content: content?.html ?? null,
    ...(bases.summary === undefined && bases.content === undefined ? {} : { bases }),
    authors: authorsOf(item),
    published: issued ?? (isAtom ? null : dated),
    updated: changed ?? dateOfAttribute(item) ?? dated,
    language: textIn(item, 'dc:language', 'language') ?? item.language ?? null,
    imageUrl: media.image ?? null,
    durationS: media.durationS ?? null,
    keys: [...videoKeys(item), ...doiKeys(item)],
    ...(transcripts.length > 0 ? { transcripts } : {}),
  };
}

/** Who wrote what `element`, an item or a channel, holds. */
export function authorsOf(element: XmlElement): string[] {
  const own = childrenOf(element, 'author', 'atom:author').map(nameOf);
  const credited = childrenOf(element, 'dc:creator', 'dc:author', 'creator').map(nameOf);
  const named = [...own, ...credited].filter((name) => name !== '');
  const names = named.length > 0 ? named : othersOf(element).filter((name) => name !== '');
  return names.length < 2 ? names : [...new Set(names)];
}

/** Who is named in other words, where nobody is in the usual ones. */
function othersOf(element: XmlElement): string[] {
  const sources = childrenOf(element, 'source', 'atom:source');
  return [
    ...childrenOf(element, 'itunes:author').map(nameOf),
    ...sources.flatMap((source) => childrenOf(source, 'author', 'atom:author').map(nameOf)),
  ];
}

/** RSS writes "mail (name)", others "name <mail>"; Atom has an element for each. */
function nameOf(element: XmlElement): string {
  const parts = textIn(element, 'name', 'atom:name') ?? textIn(element, 'email', 'atom:email');
  const text = (parts ?? xmlTextOf(element)).slice(0, 500).replace(/\s+/g, ' ');
  const [, inside] = /^\S+@\S+ \(([^()]+)\)$/.exec(text) ?? [];
  const [, before] = /^"?([^"<>]+?)"? <[^<>\s]+@[^<>\s]+>$/.exec(text) ?? [];
  return (inside ?? before ?? text).trim();
}

/** The first moment that one of these children names. */
export function dateIn(element: XmlElement, ...names: string[]): Date | null {
  for (const child of childrenOf(element, ...names)) {
    const date = readDate(xmlTextOf(child));
    if (date) return date;
  }
  return null;
}

/** CDF has its date as an attribute. */
export function dateOfAttribute(element: XmlElement): Date | null {
  return readDate(element.attributes['lastmod']);
}

/** Where an item or a channel leads: its page rather than its file or its feed. */
export function linkOf(element: XmlElement): string | undefined {
  const original = addressOf(childrenOf(element, 'feedburner:origlink')[0]);
  if (original !== undefined) return original;
  const spelled = childrenOf(element, 'link').filter(({ attributes: { rel, type } }) => (rel ?? type) === undefined);
  const said = spelled.map(addressOf).findLast((address) => address !== undefined);
  return said ?? alternateOf(element) ?? permalinkOf(element) ?? mediaAddress(element) ?? ownAddress(element);
}

function alternateOf(element: XmlElement): string | undefined {
  const links = childrenOf(element, 'link', 'atom:link').filter(({ attributes }) => attributes['href']);
  const alternates = links.filter(({ attributes: { rel = 'alternate' } }) => rel === 'alternate');
  const page = alternates.find(({ attributes: { type } }) => type === undefined || type.includes('html'));
  const other = links.find(({ attributes: { rel = '' } }) => !/self|enclosure|replies|edit|next|hub|license/.test(rel));
  return addressOf(page ?? alternates[0] ?? other);
}

/** Whether an item has a recording; a picture, which many blogs enclose, is none. */
function isEpisode(item: XmlElement): boolean {
  return item.children.some(isEnclosing) && recordingsOf(item).length > 0;
}

function isEnclosing(child: XmlElement | string): boolean {
  return typeof child !== 'string' && /^(?:enclosure|media:(?:content|group)|(?:atom:)?link)$/.test(child.name);
}

/** An episode without a page of its own is its recording: an enclosure of RSS or Atom, or the content of Media RSS. */
function mediaAddress(element: XmlElement): string | undefined {
  return recordingsOf(element).map(addressOf)[0];
}

function recordingsOf(element: XmlElement): XmlElement[] {
  const links = childrenOf(element, 'link', 'atom:link').filter(({ attributes: { rel } }) => rel === 'enclosure');
  const contents = [element, ...childrenOf(element, 'media:group')].flatMap((part) =>
    childrenOf(part, 'media:content'),
  );
  const recorded = contents.filter(({ attributes: { type, medium } }) =>
    /^(?:audio|video)\b/.test(type ?? medium ?? ''),
  );
  const enclosed = [...childrenOf(element, 'enclosure'), ...links].filter(
    ({ attributes: { type } }) => !/^(?:image|text)\//i.test(type ?? ''),
  );
  return [...enclosed, ...recorded].filter((part) => addressOf(part) !== undefined);
}

function permalinkOf(element: XmlElement): string | undefined {
  const [guid] = childrenOf(element, 'guid');
  const address =
    guid && guid.attributes['ispermalink'] !== 'false' ? xmlTextOf(guid) : textIn(element, 'id', 'atom:id');
  return address !== undefined && /^https?:/i.test(address) ? address : undefined;
}

/** RDF and CDF name the page on the element itself, Atom on content that is elsewhere. */
function ownAddress(element: XmlElement): string | undefined {
  const { href, 'rdf:about': about } = element.attributes;
  const source = childrenOf(element, 'content')[0]?.attributes['src'];
  const address = href ?? source ?? (about !== undefined && /^https?:/i.test(about) ? about : undefined);
  return address === undefined ? undefined : resolveUrl(address, element.base);
}

function idOf(item: XmlElement): string | null {
  const id = textIn(item, 'guid', 'id', 'atom:id') ?? item.attributes['rdf:about'] ?? textIn(item, 'dc:identifier');
  return id ?? null;
}

/** A title of Atom may be declared plain text; in RSS nobody knows, so it is read as HTML. */
function titleOf(
  item: XmlElement,
  isAtom: boolean,
  fallback: string | undefined,
): Pick<ParsedItem, 'title' | 'titleType'> {
  const titles = childrenOf(item, 'title', 'atom:title', 'dc:title');
  const title = titles.find((candidate) => xmlTextOf(candidate) !== '');
  if (!title) return { title: fallback ?? textIn(item, 'itunes:title') ?? '', titleType: 'html' };
  if ((isAtom || title.name === 'atom:title') && isPlain(title))
    return { title: unpacked(title).text, titleType: 'text' };
  return { title: htmlOf(title, false), titleType: 'html' };
}

interface Body {
  html: string;
  /** The xml:base in force on its element (XML Base, 4.2; RFC 4287, 2). */
  base: string | undefined;
}

/** The short and the long text. RSS has one name for both, Atom two, and people mix them. */
function bodiesOf(item: XmlElement, isAtom: boolean): { summary?: Body | undefined; content?: Body | undefined } {
  const summary =
    htmlIn(item, isAtom, 'description', 'abstract') ??
    htmlIn(item, isAtom, 'summary', 'atom:summary', 'dc:description', 'itunes:summary', 'itunes:subtitle');
  const long = htmlIn(
    item,
    isAtom,
    'content:encoded',
    'content',
    'atom:content',
    'fullitem',
    'xhtml:body',
    'body',
    'xhtml:div',
  );
  const second = htmlIn(item, isAtom, 'summary', 'atom:summary');
  return { summary, content: long ?? (second?.html === summary?.html ? undefined : second) };
}

/** What the first of these children that says something says. */
function htmlIn(item: XmlElement, isAtom: boolean, ...names: string[]): Body | undefined {
  for (const child of childrenOf(item, ...names)) {
    const isText = child.name.startsWith('atom:') || (isAtom && /^(summary|content)$/.test(child.name));
    const html = htmlOf(child, isText);
    if (html !== '') return { html, base: child.base };
  }
  return undefined;
}

interface Media {
  title?: string | undefined;
  description?: string | undefined;
  image?: string | undefined;
  durationS?: number | undefined;
}

function mediaOf(item: XmlElement): Media {
  // Most posts have none, and are asked for ten names otherwise.
  if (!item.children.some(isMedia)) return {};
  const groups = childrenOf(item, 'media:group');
  const outer = [item, ...groups];
  const contents = outer.flatMap((part) => childrenOf(part, 'media:content'));
  const parts = [...outer, ...contents];
  const images = parts.flatMap((part) => childrenOf(part, 'media:thumbnail', 'itunes:image'));
  const pictures = [...contents, ...childrenOf(item, 'enclosure')].filter(
    ({ attributes: { medium, type } }) => medium === 'image' || type?.startsWith('image/'),
  );
  const description = firstOf(parts, 'media:description');
  return {
    title: firstOf(parts, 'media:title'),
    // Text unless it says otherwise, and YouTube's has line breaks that matter.
    description: description && escapeText(description).replace(/\r?\n/g, '<br>\n'),
    image: addressOf([...images, ...pictures][0]),
    durationS: secondsOf(
      textIn(item, 'itunes:duration') ??
        contents.find(({ attributes }) => attributes['duration'])?.attributes['duration'],
    ),
  };
}

function isMedia(child: XmlElement | string): boolean {
  return typeof child !== 'string' && /^(?:media:|itunes:|enclosure$)/.test(child.name);
}

function firstOf(parts: XmlElement[], name: string): string | undefined {
  return parts.map((part) => textIn(part, name)).find((text) => text !== undefined);
}

/** "75", "1:15", "0:01:15", "1m15s", "PT1M15S" are the same. */
function secondsOf(duration: string | undefined): number | undefined {
  const [named, hours = 0, minutes = 0, seconds = 0] =
    /^(?:PT)?(?:(\d{1,3})\s?h(?:ours?|rs?)?)?[\s,]?(?:(\d{1,4})\s?m(?:in(?:ute)?s?)?)?[\s,]?(?:(\d{1,5})\s?s(?:ec(?:ond)?s?)?)?\.?$/i.exec(
      duration ?? '',
    ) ?? [];
  if (named && /\d/.test(named)) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (duration === undefined || !/^\d+(:\d+){0,2}(\.\d+)?$/.test(duration)) return undefined;
  return duration.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function videoKeys(item: XmlElement): string[] {
  const id = textIn(item, 'yt:videoid');
  return id === undefined ? [] : [`video:${id}`];
}

/** Journals and PubMed say the DOI of a paper beside an address that has none. */
function doiKeys(item: XmlElement): string[] {
  return childrenOf(item, 'prism:doi', 'dc:identifier', 'arxiv:doi').flatMap((element) => {
    const doi = /^(?:doi:\s{0,9}|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S{1,300})$/i.exec(
      xmlTextOf(element),
    )?.[1];
    return doi === undefined ? [] : [doiKey(doi)];
  });
}
