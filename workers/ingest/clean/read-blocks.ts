// clean HTML -> its paragraphs, headings, lines and list entries in order, each with its words and its links; pure.
import { collapseSpaces } from '../../../core/text/collapse-spaces.ts';

export interface Link {
  url: string;
  words: string;
  /** How many words of the block stand before it. */
  after: number;
}

/** A stretch of words, linked or not. */
export interface Part {
  words: string;
  url?: string;
}

export interface Block {
  isHeading: boolean;
  words: string;
  links: Link[];
  parts: Part[];
}

const inline = new Set('a b strong i em sub sup code'.split(' '));
const startsHeading = /^h\d/;

/** The blocks that have words, of HTML as `cleanHtml` writes it: a block ends where another element begins or ends; a link around several is in each. */
export function readBlocks(html: string): Block[] {
  const blocks: Block[] = [];
  let [parts, isHeading, url]: [Part[], boolean, string | undefined] = [[], false, undefined];
  const endBlock = (): void => {
    const block = blockOf(parts, isHeading);
    if (block.words !== '') blocks.push(block);
    parts = [];
  };
  const [start, ...pieces] = html.split('<');
  parts.push({ words: plain(start!) });
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const tag = piece.slice(0, end);
    const name = tag.replace('/', '').split(' ', 1)[0]!;
    if (!inline.has(name)) {
      endBlock();
      isHeading = !tag.startsWith('/') && startsHeading.test(name);
    } else if (name === 'a') url = tag.startsWith('/') ? undefined : webLink(tag);
    parts.push({ words: plain(piece.slice(end + 1)), ...(url === undefined ? {} : { url }) });
  }
  endBlock();
  return blocks;
}

/** The block of these parts; neighbours that lead to the same place are one link. */
export function blockOf(parts: readonly Part[], isHeading: boolean): Block {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && last.url === part.url) last.words += part.words;
    else if (part.words !== '') joined.push({ ...part });
  }
  let words = '';
  const links: Link[] = [];
  for (const part of joined) {
    if (part.url !== undefined)
      links.push({ url: part.url, words: collapseSpaces(part.words), after: countWords(words) });
    words += part.words;
  }
  return { isHeading, words: collapseSpaces(words), links, parts: joined };
}

function webLink(tag: string): string | undefined {
  const url = plain(tag.split('"', 2)[1] ?? '');
  return url.startsWith('http') ? url : undefined;
}

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Words of any script, roughly: what spaces part. */
export function countWords(text: string): number {
  const bare = text.trim();
  return bare === '' ? 0 : bare.split(/\s+/).length;
}
