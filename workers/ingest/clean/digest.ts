// a post's title, address and blocks -> whether it is a digest, and what it mentions; pure.
import type { Mention } from '../../../core/store/mentions.ts';
import { mentionedKeyOf } from '../../../core/addresses/keys.ts';
import { countWords, readBlocks, type Block, type Link } from './read-blocks.ts';

/** A list has so many links to different pages that begin a block, and so much of its words beside them: essays cite within sentences. */
const list = { links: 5, share: 0.5 };
/** A link that begins a block has at most so many words before it ("1.", "New paper:"). */
const leading = 3;
const mostMentions = 100;
const mostCharacters = 600;
/** A teaser says what the issue is about and no more. */
const teaserCharacters = 300;
const fewLinks = 3;
const leastThings = 3;

const editionWords =
  /\b(?:weekly|newsletter|digest|round-?up|this week in|week in review|weekend reading|reading list|link dump|links (?:for|of)|wochenr\u00fcckblick|revue de presse|hebdo)\b/i;
const leadWords =
  /\b(?:content|stories|links|news|posts|reads|best) (?:\w+ ){0,2}(?:of|from) (?:the|this|last) week\b/i;
const editionNumber =
  /(?:#|\bno\.? ?|\bissue ?|\bvol(?:ume|\.)? ?|\bedition ?)\d|^\d{4}\.\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b/i;
const editionAddress = /\/(?:issue|no|vol|edition|newsletter|weekly|digest)-?\d+\/?$|\/\d{4}-\d{2}-\d{2}\/?$/i;
/** What every newsletter has at its end and its head, and nobody reads for. */
const boilerplate =
  /unsubscribe|subscribe|preferences|view (?:it |this )?(?:email )?(?:in|on)|(?:view|open|read) (?:in|online)|advertise|sponsor|forward|refer|privacy|terms|sign ?up|log ?in|share|tweet|follow us|facebook|linkedin|instagram|twitter|abbestellen|se d\u00e9sabonner/i;

interface Post {
  title: string;
  url: string;
  text: string;
  html: string;
}

/**
 * True for an item that tells many things at once: a list of links by its form, or an edition by its name (its title, the
 * address or the first words say so) that lists links or says next to nothing. A post with many links in its sentences is none.
 */
export function isDigest({ title, url, text, html }: Post): boolean {
  if (linkCount(html) < fewLinks) return text.length <= teaserCharacters && isEditionByName({ title, url, text });
  const blocks = readBlocks(html);
  const starts = blocks.filter((block) => leadingLink(block) !== undefined);
  const pages = new Set(starts.map((block) => thingAt(leadingLink(block)!.url)));
  if (pages.size >= fewLinks && (editionWords.test(title) || leadWords.test(text.slice(0, teaserCharacters))))
    return true;
  return pages.size >= list.links && shareOfLinked(blocks) >= list.share;
}

/** A numbered or dated edition whose title lists what is in it, or says that it is one. */
function isEditionByName({ title, url, text }: Omit<Post, 'html'>): boolean {
  if (!editionNumber.test(title) && !editionAddress.test(url)) return false;
  return thingsIn(title) >= leastThings || editionWords.test(title) || leadWords.test(text);
}

/** The links of a digest with the paragraph of each: its own block, and after a heading what follows it. */
export function digestMentions(html: string): Mention[] {
  const blocks = readBlocks(html);
  const found = new Map<string, Mention>();
  blocks.forEach((block, at) => {
    for (const { url, words } of block.links) {
      const key = mentionedKeyOf(url);
      if (key === undefined || found.has(key) || isBoilerplate({ url, words })) continue;
      found.set(key, { key, url, paragraph: paragraphAt(blocks, at) });
    }
  });
  return [...found.values()].slice(0, mostMentions);
}

/** What a link is about: threads and changes of one repository are that repository, of whose release they tell. */
function thingAt(url: string): string | undefined {
  return mentionedKeyOf(url)?.replace(
    /^url:([^/]+\/[^/]+\/[^/]+)\/(?:pull|issues|commit|merge_requests)\/[^/]+$/,
    'repo:$1',
  );
}

function linkCount(html: string): number {
  return html.split('<a ').length - 1;
}

function leadingLink({ links }: Block): Link | undefined {
  return links.find((link) => link.after <= leading && !isBoilerplate(link));
}

function isBoilerplate({ url, words }: Pick<Link, 'url' | 'words'>): boolean {
  return (
    (countWords(words) <= 6 && boilerplate.test(words)) || /\/(?:unsubscribe|subscribe|preferences|share)\b/i.test(url)
  );
}

/** The share of words in blocks that a link begins, and in the one that follows such a heading. */
function shareOfLinked(blocks: readonly Block[]): number {
  let [linked, all] = [0, 0];
  blocks.forEach((block, at) => {
    const before = blocks[at - 1];
    const isTold = leadingLink(block) !== undefined || (before && isCaption(before));
    const count = countWords(block.words);
    all += count;
    if (isTold) linked += count;
  });
  return all === 0 ? 0 : linked / all;
}

/** Nothing but a link. */
function isCaption(block: Block): boolean {
  const link = leadingLink(block);
  return link !== undefined && countWords(block.words) <= countWords(link.words) + leading;
}

function paragraphAt(blocks: readonly Block[], at: number): string {
  const own = blocks[at]!;
  const next = blocks[at + 1];
  const isAlone = !own.isHeading && !isCaption(own);
  const words = isAlone || !next || next.isHeading || isCaption(next) ? own.words : `${own.words}\n${next.words}`;
  return words.slice(0, mostCharacters);
}

/** How many things a title lists: "A buys B, C is late, D for E" are three. */
function thingsIn(title: string): number {
  return title.split(/[,;|\u00b7\u2022]/).filter((part) => part.trim() !== '').length;
}
