// Markdown -> HTML and the heading that is its title; pure. `clean.ts` cleans what comes out.
import MarkdownIt from 'markdown-it';

type Token = ReturnType<MarkdownIt['parse']>[number];

// What GitHub's Markdown adds and people write: tables, struck words, bare addresses. Images go here, HTML within stays as it
// is. This parser takes linear time for runs of "*", "_" and "[" (others take minutes for 100 KB) and nests 100 deep at most.
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.renderer.rules.image = () => '';

/** Tags that say how words look; any other word in angle brackets is part of a heading ("Vec<T>"). */
const inlineTag = /^<\/?(?:a|b|i|u|s|em|strong|code|kbd|mark|small|span|sub|sup|br|img|font)\b[^>]*>$/i;

/** The HTML of a text, and its first heading of the first level, or of any level where it begins the text, as plain words. */
export function readMarkdown(text: string): { html: string; heading: string | undefined } {
  const tokens = markdown.parse(text, {});
  const isTop = ({ type, tag, level }: Token) => type === 'heading_open' && tag === 'h1' && level === 0;
  const top = tokens.findIndex(isTop);
  const first = tokens.findIndex(({ type }) => type !== 'html_block');
  const at = top < 0 && tokens[first]?.type === 'heading_open' ? first : top;
  const heading =
    at < 0
      ? ''
      : wordsOf(tokens[at + 1])
          .replace(/\s+/g, ' ')
          .trim();
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}),
    heading: heading === '' ? undefined : heading,
  };
}

function wordsOf(token: Token | undefined): string {
  return (token?.children ?? []).map(wordOf).join('');
}

function wordOf(token: Token): string {
  if (token.type === 'html_inline') return inlineTag.test(token.content) ? '' : token.content;
  if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
  return token.type === 'image' ? wordsOf(token) : token.content;
}
