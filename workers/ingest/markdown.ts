// Markdown -> HTML and the heading that is its title; pure. The door cleans what comes out.
import { decodeHTML } from 'entities';
import { Marked, type Token, type Tokens } from 'marked';

// GitHub's Markdown, which is what people write. Images go here, HTML within stays as it is.
const marked = new Marked({ gfm: true, renderer: { image: () => '' } });

/** Tags that say how words look; any other word in angle brackets is part of a heading ("Vec<T>"). */
const inlineTag = /^<\/?(?:a|b|i|u|s|em|strong|code|kbd|mark|small|span|sub|sup|br|img|font)\b[^>]*>$/i;

/** The HTML of a text, and its first heading of the first level, or of any level where it begins the text, as plain words. */
export function readMarkdown(text: string): { html: string; heading: string | undefined } {
  const tokens = marked.lexer(text);
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
  const first = tokens.find((token) => token.type !== 'space' && token.type !== 'html');
  const top = tokens.find((token): token is Tokens.Heading => isHeading(token) && token.depth === 1);
  const title = top ?? (first && isHeading(first) ? first : undefined);
  const heading = title && wordsOf(title.tokens).replace(/\s+/g, ' ').trim();
  return { html: marked.parser(tokens), heading: heading === '' ? undefined : heading };
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens.map(wordOf).join('');
}

function wordOf(token: Token): string {
  if (token.type === 'html') return inlineTag.test(token.raw) ? '' : token.raw;
  if (token.type === 'br') return ' ';
  if (token.type === 'codespan') return (token as Tokens.Codespan).text;
  if ('tokens' in token && token.tokens) return wordsOf(token.tokens);
  return 'text' in token ? decodeHTML(String(token.text)) : '';
}
