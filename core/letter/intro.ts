// The intro of an issue -> its paragraphs for a page or a mail, and as plain text; pure.
import MarkdownIt from 'markdown-it';
import { htmlText } from '../html-text.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** An intro, and whether somebody wrote it as Markdown; suggested ones are plain. */
export interface Intro {
  intro: string;
  introIsMarkdown?: boolean | undefined;
}

const linkSchemes = new Set(['http:', 'https:', 'mailto:']);
// Emphasis, links and lists are what a letter can show everywhere; headings and pictures are not an intro. It takes linear time.
const markdown = new MarkdownIt('zero').enable(['emphasis', 'link', 'list', 'escape', 'newline']);
markdown.validateLink = (url) => URL.canParse(url) && linkSchemes.has(new URL(url).protocol);

/** HTML, escaped: a paragraph or a list each. In a mail a paragraph stands without its tag, and links look as the others there. */
export function introHtml({ intro, introIsMarkdown = false }: Intro, mail?: { linkColour: string }): string[] {
  const inTag = (html: string): string => (mail ? html : `<p>${html}</p>`);
  if (!introIsMarkdown) return paragraphsOf(intro).map((paragraph) => inTag(htmlText(paragraph)));
  return blocksOf(intro).map((tokens) => {
    const inline = tokens.flatMap(({ children }) => children ?? []);
    if (mail) for (const link of inline.filter(({ type }) => type === 'link_open')) styleLink(link, mail.linkColour);
    const isParagraph = tokens[0]!.type === 'paragraph_open';
    const { renderer, options } = markdown;
    return isParagraph
      ? inTag(renderer.renderInline(inline, options, {}))
      : renderer.render(tokens, options, {}).trim();
  });
}

/** As the letter's other links look, in light and dark. */
function styleLink(link: Token, colour: string): void {
  link.attrSet('class', 'go');
  link.attrSet('style', `color:${colour}`);
}

/** Plain text a paragraph or a list: marks are left out, an address stands behind its words. */
export function introText({ intro, introIsMarkdown = false }: Intro): string[] {
  return introIsMarkdown ? blocksOf(intro).map(textOf) : paragraphsOf(intro);
}

/** Where the links of an intro in Markdown lead, in order, as pages and mails have them. */
export function introLinks(markdownIntro: string): string[] {
  return blocksOf(markdownIntro)
    .flat()
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => (token.type === 'link_open' ? [token.attrGet('href') ?? ''] : []));
}

/** A plain intro as Markdown that says the same. */
export function introSource({ intro, introIsMarkdown = false }: Intro): string {
  if (introIsMarkdown) return intro;
  return intro
    .split('\n')
    .map((line) => {
      const escaped = Array.from(line, (character) => (signs.has(character) ? `\\${character}` : character)).join('');
      return escapeList(escaped);
    })
    .join('\n');
}

const signs = new Set('\\*_[]');

/** "- x", "+ x" and "1. x" begin a list at the start of a line, unless a backslash says that they do not. */
function escapeList(line: string): string {
  const bare = line.trimStart();
  if (bare.startsWith('- ') || bare.startsWith('+ ')) return `\\${bare}`;
  const stop = bare.split('').findIndex((character) => character < '0' || character > '9');
  const isNumbered = stop > 0 && stop < 10 && (bare[stop] === '.' || bare[stop] === ')') && bare[stop + 1] === ' ';
  return isNumbered ? `${bare.slice(0, stop)}\\${bare.slice(stop)}` : line;
}

function paragraphsOf(intro: string): string[] {
  return intro
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

/** The tokens of each paragraph and list. */
function blocksOf(intro: string): Token[][] {
  const blocks: Token[][] = [];
  for (const token of markdown.parse(intro, {})) {
    if (token.level === 0 && token.nesting === 1) blocks.push([]);
    blocks.at(-1)?.push(token);
  }
  return blocks;
}

function textOf(tokens: readonly Token[]): string {
  const lines: string[] = [];
  let marker = '';
  let number = 0;
  for (const token of tokens) {
    if (token.type === 'ordered_list_open') number = Number(token.attrGet('start') ?? 1);
    if (token.type === 'list_item_open') marker = number > 0 ? `${number++}. ` : '- ';
    if (token.type !== 'inline') continue;
    lines.push(`${marker}${inlineText(token.children ?? [])}`);
    marker = '';
  }
  return lines.join('\n');
}

function inlineText(tokens: readonly Token[]): string {
  const opened: { at: number; href: string }[] = [];
  let text = '';
  for (const token of tokens) {
    if (token.type === 'link_open') opened.push({ at: text.length, href: token.attrGet('href') ?? '' });
    else if (token.type === 'link_close') {
      const { at, href } = opened.pop()!;
      if (text.slice(at) !== href) text += ` (${href})`;
    } else text += token.type === 'softbreak' || token.type === 'hardbreak' ? '\n' : token.content;
  }
  return text;
}
