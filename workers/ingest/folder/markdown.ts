// Markdown -> HTML and the heading that is its title; pure. `clean.ts` cleans what comes out.
import { decodeHTML } from 'entities';
import MarkdownIt from 'markdown-it';
import { oneLine } from '../../../core/one-line.ts';
import { stripMarkup } from '../clean/strip-markup.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

// What GitHub's Markdown adds and people write: tables, struck words, bare addresses. Images go here, HTML within stays as it
// is. This parser takes linear time for runs of "*", "_" and "[" (others take minutes for 100 KB) and nests 100 deep at most.
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.renderer.rules.image = () => '';

/** The HTML of a text, and its first heading of the first level, or of any level where it begins the text, as plain words. */
export function readMarkdown(text: string): { html: string; heading: string | undefined } {
  const tokens = markdown.parse(text, {});
  const isTop = ({ type, tag, level }: Token) => type === 'heading_open' && tag === 'h1' && level === 0;
  const top = tokens.findIndex(isTop);
  const first = tokens.findIndex(({ type }) => type !== 'html_block');
  const at = top < 0 && tokens[first]?.type === 'heading_open' ? first : top;
  const heading = at < 0 ? headingOfHtml(tokens) : oneLine(wordsOf(tokens[at + 1])).replace(attributes, '');
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}),
    heading: heading === '' ? undefined : heading,
  };
}

/** The words of a title whose marks nobody means as such: code, strong words, entities. A single star is one, and TeX has its own marks. */
export function wordsOfLine(line: string): string {
  const isMarked = /`|\*\*|__|&#?\w/.test(line) && !line.includes('$');
  return isMarked ? oneLine(wordsOf(markdown.parseInline(line, {})[0])) : line;
}

/** What Pandoc, kramdown and Hugo take behind a heading: "{#its-id .a-class}". */
const attributes = /\s?\{[#.][^{}]{0,200}\}$/;

/** README files have their heading in HTML, to centre it. */
function headingOfHtml(tokens: readonly Token[]): string {
  for (const { type, content } of tokens) {
    const begin = type === 'html_block' ? /<h1\b[^<>]{0,300}>/i.exec(content) : null;
    const inside = begin && content.slice(begin.index + begin[0].length).split(/<\/h1/i, 1)[0]!;
    const words = inside && oneLine(decodeHTML(inside.slice(0, 2000).replace(/<[^<>]{1,500}>/g, ' ')));
    if (words) return words;
  }
  return '';
}

function wordsOf(token: Token | undefined): string {
  return stripMarkup((token?.children ?? []).map(wordOf).join(''));
}

function wordOf(token: Token): string {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
  return token.type === 'image' ? wordsOf(token) : token.content;
}
