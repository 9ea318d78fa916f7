// What stands between angle brackets in HTML: markup, or words of somebody who speaks of "Vec<T>" and "the <dl> element"; pure.
import { htmlTagNames } from 'html-tag-names';

export interface Tag {
  /** Where it begins, and where what follows it begins. */
  start: number;
  end: number;
  /** In lower case. */
  name: string;
  isClosing: boolean;
  /** What stands between the name and the end. */
  rest: string;
  /** The opening tag's closing one, and the other way round. */
  partner?: Tag;
}

/** The begin of a comment; a doctype; else from "<" to ">", or to the next "<" outside of quotes when it does not end before. */
const tagLike = /<!--|<!doctype[^<>]*>|<(\/?)([a-z][^\s<>/]*)((?:[^<>=]|=\s*(?:"[^"]*"|'[^']*')?)*>?)/gi;
/** What an element called so is: a comment or a doctype. */
export const unspoken = '!';

const known = new Set(
  [...htmlTagNames, ...'lj nextid noindex path g circle rect line polygon defs'.split(' ')].filter(
    // Names that are words of programmers first, and of no element that anybody still writes.
    (name) => !['command', 'content', 'element', 'isindex', 'multicol', 'shadow', 'spacer'].includes(name),
  ),
);
const voids = new Set(
  'area base basefont bgsound br col embed frame hr img image input link meta param source track wbr'.split(' '),
);
/** Voids that do something without any attribute. */
const bareVoids = new Set(['br', 'hr', 'wbr']);

/** Elements whose content is no markup. */
const rawTexts = new Set(['script', 'style', 'textarea', 'title', 'xmp']);
/** Attributes that need no value. */
const switches = new Set(
  (
    ' allowfullscreen async autoplay checked compact controls defer disabled download hidden inert ismap itemscope loop multiple muted ' +
    'nomodule noshade novalidate nowrap open playsinline readonly required reversed selected'
  ).split(' '),
);

/** Elements that publishers leave open, since a text was cut or HTML allows it: one without an end is still no word. */
const oftenOpen = new Set(
  (
    'a abbr address article aside b big blockquote body center cite code dd del div dt em figcaption figure font footer ' +
    'h1 h2 h3 h4 h5 h6 header hgroup html i ins li main mark nobr noindex ol p picture pre q rp rt ruby s section small ' +
    'span strike strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
);

/** The tags of a text in their order, each with its partner; comments and doctypes among them, as `unspoken`. */
export function tagsIn(html: string): Tag[] {
  const tags: Tag[] = [];
  const open = new Map<string, Tag[]>();
  const lastComment = html.lastIndexOf('-->');
  const pattern = new RegExp(tagLike);
  for (let found = pattern.exec(html); found; found = pattern.exec(html)) {
    const { 0: whole, 1: slash, 2: spelled, 3: rest = '', index: start } = found;
    if (whole === '<!--') pattern.lastIndex = endOfComment(html, start, lastComment);
    const name = spelled?.toLowerCase() ?? unspoken;
    const tag: Tag = { start, end: pattern.lastIndex, name, isClosing: slash === '/', rest };
    tags.push(tag);
    if (name !== unspoken) pair(tag, open);
  }
  return tags;
}

/** A comment that nobody closes is its first four characters, or what the next ">" ends. An end is sought only where there is one. */
function endOfComment(html: string, start: number, lastComment: number): number {
  if (start + 2 <= lastComment) return html.indexOf('-->', start + 2) + 3;
  const angle = html.slice(start, start + 500).indexOf('>');
  return angle === -1 ? start + 4 : start + angle + 1;
}

/** A script is over at the first closing tag, whatever stands in it. */
function pair(tag: Tag, open: Map<string, Tag[]>): void {
  if (!open.has(tag.name)) open.set(tag.name, []);
  const waiting = open.get(tag.name)!;
  if (!tag.isClosing) return void waiting.push(tag);
  const isRaw = rawTexts.has(tag.name);
  const opening = isRaw ? waiting[0] : waiting.pop();
  if (isRaw) waiting.length = 0;
  if (!opening) return;
  opening.partner = tag;
  tag.partner = opening;
}

/** Whether a tag's name and attributes could be those of an element at all. */
export function isElement({ name, rest, partner }: Tag): boolean {
  if (!rest.endsWith('>') && !rest.includes('=')) return false;
  if (!rest.includes('=') && rest.split(/[\s/>]+/).some((word) => !switches.has(word.toLowerCase()))) return false;
  if (known.has(name)) return true;
  // Of other vocabularies (`o:p`), but no `std::string`; custom elements have a hyphen.
  if (/^[a-z][\w.-]*:[a-z][\w.-]*$/.test(name)) return true;
  return name.includes('-') && (partner !== undefined || rest.includes('='));
}

/** Whether a tag says nothing but its name. */
export function isBare({ rest }: Tag): boolean {
  return /^\s{0,9}\/?>$/.test(rest);
}

/** A void element without the attribute that would make it one. */
export function isBareVoid(tag: Tag): boolean {
  return voids.has(tag.name) && isBare(tag) && !bareVoids.has(tag.name);
}

/** Whether it never has a closing tag. */
export function isVoid({ name }: Tag): boolean {
  return voids.has(name);
}

/** HTML in which what is spoken of is text: names of no element, and elements that stand alone among words. */
export function escapeSpokenTags(html: string): string {
  let escaped = '';
  let from = 0;
  for (const tag of tagsIn(html)) {
    if (tag.name === unspoken || (isElement(tag) && !standsAmongWords(tag, html))) continue;
    escaped += `${html.slice(from, tag.start)}&lt;`;
    from = tag.start + 1;
  }
  return (escaped + html.slice(from)).replace(noTag, '&lt;');
}

/** What a parser takes for a comment and drops: "<?php", "</3" and "</>". */
const noTag = /<(?=\?(?!xml)|\/[^a-z])/gi;

/** A publisher's cut or careless HTML has lone tags too: but those of text and layout, or next to other tags. */
function standsAmongWords(tag: Tag, html: string): boolean {
  if (tag.partner || !isBare(tag) || bareVoids.has(tag.name)) return false;
  if (/^\s{0,9}</.test(html.slice(tag.end, tag.end + 10))) return false;
  if (/\w/.test(html[tag.start - 1] ?? '') && !/[\p{L}\d]/u.test(html[tag.end] ?? '')) return !tag.isClosing;
  return isBareVoid(tag) || (!tag.isClosing && !oftenOpen.has(tag.name));
}
