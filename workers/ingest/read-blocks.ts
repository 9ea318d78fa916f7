// clean HTML -> its paragraphs, headings, lines and list entries in order, each with its words and its links; pure.

export interface Link {
  url: string;
  words: string;
  /** How many words of the block stand before it. */
  after: number;
}

export interface Block {
  isHeading: boolean;
  words: string;
  links: Link[];
}

const inline = new Set('a b strong i em sub sup code'.split(' '));

/** The blocks that have words, of HTML as `cleanHtml` writes it: a block ends where another element begins or ends. */
export function readBlocks(html: string): Block[] {
  const blocks: Block[] = [];
  let [block, link]: [Block, Link | undefined] = [{ isHeading: false, words: '', links: [] }, undefined];
  const endBlock = (isHeading: boolean): void => {
    block.words = tidy(block.words);
    for (const one of block.links) one.words = tidy(one.words);
    if (block.words !== '') blocks.push(block);
    block = { isHeading, words: '', links: [] };
    link = undefined;
  };
  const [start, ...pieces] = html.split('<');
  block.words += plain(start!);
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const tag = piece.slice(0, end);
    const name = tag.replace('/', '').split(' ', 1)[0]!;
    if (!inline.has(name)) endBlock(!tag.startsWith('/') && startsHeading.test(name));
    else if (name === 'a') link = tag.startsWith('/') ? undefined : openLink(tag, block);
    const words = plain(piece.slice(end + 1));
    block.words += words;
    if (link) link.words += words;
  }
  endBlock(false);
  return blocks;
}

const startsHeading = /^h\d/;

function openLink(tag: string, block: Block): Link | undefined {
  const url = plain(tag.split('"', 2)[1] ?? '');
  if (!url.startsWith('http')) return undefined;
  const link = { url, words: '', after: countWords(block.words) };
  block.links.push(link);
  return link;
}

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Words of any script, roughly: what spaces part. */
export function countWords(text: string): number {
  const bare = text.trim();
  return bare === '' ? 0 : bare.split(/\s+/).length;
}
