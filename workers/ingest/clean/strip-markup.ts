// A title with markup -> its words on one line, with those that only look like markup; pure.
import { isBare, isBareVoid, isElement, isVoid, tagsIn, unspoken, type Tag } from './spoken-tags.ts';

/** Elements whose content are no words. */
const wordless = new Set(['script', 'style', 'svg', 'math', 'template']);
/** Elements within a line: where their tags were, words stay together. */
const inline = new Set(
  `${unspoken} a abbr b big bdi bdo cite code del dfn em font i img ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr`.split(
    ' ',
  ),
);

/** Takes out markup: elements that hold something, images and breaks. A tag that closes nothing, or is none of HTML, is a word. */
export function stripMarkup(title: string): string {
  let words = '';
  let from = 0;
  for (const tag of tagsIn(title)) {
    if (tag.start < from || !isMarkup(tag, title)) continue;
    words += title.slice(from, tag.start) + (inline.has(tag.name) ? '' : ' ');
    from = wordless.has(tag.name) && tag.partner ? Math.max(tag.end, tag.partner.end) : tag.end;
  }
  return words + title.slice(from);
}

function isMarkup(tag: Tag, title: string): boolean {
  if (tag.name === unspoken) return !(isDoctype(tag, title) && standsAlone(tag, title));
  if (!isElement(tag)) return false;
  if (isVoid(tag) && !voidsOfText.has(tag.name) && standsAlone(tag, title)) return false;
  if (isVoid(tag)) return !tag.isClosing && !isBareVoid(tag);
  const [opening, closing] = tag.isClosing ? [tag.partner, tag] : [tag, tag.partner];
  if (opening && closing) return !isBare(opening) || holdsWords(opening, closing, title);
  // Left over at the end of the last word: nobody speaks of tags so.
  const isLeftOver = tag.isClosing && inline.has(tag.name) && tag.end === title.length;
  return !isBare(tag) || (isLeftOver && /\S/.test(title[tag.start - 1] ?? ' '));
}

/** Of the elements without content those that are put into a line of text; a `<link rel=...>` or `<input>` among words is spoken of. */
const voidsOfText = new Set(['br', 'hr', 'img', 'image', 'wbr']);

function standsAlone({ start, end }: Tag, title: string): boolean {
  return /^(?:\s|$)/.test(title[start - 1] ?? '') && /^(?:[\s.,:;!?)]|$)/.test(title[end] ?? '');
}

function isDoctype({ start }: Tag, title: string): boolean {
  return /^<!d/i.test(title.slice(start, start + 3));
}

/** "the <b> and </b> tags" is about them; so is an empty pair. */
function holdsWords(opening: Tag, closing: Tag, title: string): boolean {
  const inside = title.slice(opening.end, closing.start);
  return inside.trim() !== '' && (opening.start === 0 || !/^\s[^<>\n]{1,40}\s$/.test(inside));
}
