// HTML from anywhere -> a small safe subset of it, its links made absolute; and that as plain text; pure.
import { compile, type HtmlToTextOptions } from 'html-to-text';
import ipaddr from 'ipaddr.js';
import sanitizeHtml from 'sanitize-html';
import { isPublicAddress } from '../../../core/network/public-address.ts';
import { imagesToWords } from './image-words.ts';
import { mathToText } from './math-text.ts';
import { parseUrl } from '../../../core/addresses/parse-url.ts';
import { findCaptions, type Captions } from './picture-captions.ts';
import { cleanPlainHtml } from './plain-html.ts';
import { escapeSpokenTags } from './spoken-tags.ts';
import { joinHalves } from './surrogate-pairs.ts';

const textTags = 'p br hr h2 h3 h4 h5 h6 blockquote pre code a b strong i em sub sup'.split(' ');
const listTags = 'ul ol li dl dt dd table thead tbody tr th td'.split(' ');

/** Gone with all they hold; of other unknown elements the text stays. */
const nonTextTags = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'template',
  'title',
  'head',
  'svg',
  'math',
  'form',
  'button',
  'select',
];

/**
 * Keeps what a reader needs to read: no script, style, frame, form, image, event or odd link comes through. What is said below a picture
 * goes with the picture, unless it is the post.
 */
export function cleanHtml(html: string, base: string): string {
  const short = html.search(longWord) !== -1 ? undefined : cleanPlainHtml(html, (href) => absoluteLink(href, base));
  if (short !== undefined) return short;
  const spoken = escapeSpokenTags(imagesToWords(mathToText(joinHalves(html))));
  const captions = findCaptions();
  const clean = sanitize(spoken, base, captions.isCaption);
  if (captions.count() === 0) return clean;
  const whole = sanitize(spoken, base, () => false);
  const [said, all] = [textOf(clean).length, textOf(whole).length];
  return said * 5 < all || all - said > captions.count() * longestCaption ? whole : clean;
}

/** Characters, of captions one with another; what nobody closed goes on to the end of the post. */
const longestCaption = 1000;

function sanitize(html: string, base: string, isLeftOut: Captions['isCaption']): string {
  return sanitizeHtml(html, {
    allowedTags: [...textTags, ...listTags],
    nonTextTags,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    // Deeper than any author writes; parsers of mails and pages choke on more.
    nestingLimit: 60,
    textFilter: (text) => text.replace(longWord, (run) => `${run.slice(0, 80).replace(/&[^;]*$/, '')}…`),
    transformTags: {
      h1: 'h2',
      a: (tagName, { href }) => ({ tagName, attribs: attributesOf(absoluteLink(href, base)) }),
      // An svg is dropped with what it holds: so is what KaTeX and MathJax paint beside the MathML that says it.
      '*': (tagName, attribs) => ({
        tagName: isLeftOut(tagName, attribs) || (tagName === 'span' && isPainted(attribs)) ? 'svg' : tagName,
        attribs,
      }),
    },
  });
}

function isPainted(attributes: Record<string, string>): boolean {
  return attributes['aria-hidden'] === 'true' && /katex-html|mjx|MathJax/i.test(attributes['class'] ?? '');
}

/** It breaks every layout; Chinese, which has no spaces, is not meant. */
const longWord = /[!-~]{400,20000}/g;

/** The addresses that cleaned HTML links to. */
export function linksIn(html: string): string[] {
  if (!html.includes('<a ')) return [];
  return [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
}

const textOptions: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 60 },
  // All of it, not what a stray <body> within begins.
  baseElements: { selectors: [], returnDomByDefault: true },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'hr', format: 'skip' },
    ...['h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};

// Once, since it takes longer than converting an item.
const convert = compile(textOptions);

/** The words of HTML: paragraphs apart by an empty line, no addresses. */
export function textOf(html: string): string {
  const text = html.length < 5000 && plain.test(html) ? wordsOf(html) : convert(html);
  return text
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Most of what feeds say: paragraphs of words, as the sanitiser writes them. */
const plain = /^(?:[^<&]|&(?:amp|lt|gt|quot);|<\/?(?:p|b|strong|i|em|a)>|<a href="[^"]*">)*$/;

/** The same as `convert`, sixty times as fast for the short texts that a feed has thousands of. */
function wordsOf(html: string): string {
  const paragraphs: string[] = [];
  for (const paragraph of html.split(/<\/?p>/)) {
    const bare = paragraph.includes('<') ? paragraph.replace(/<[^>]*>/g, '') : paragraph;
    // Asked first, since most words have single spaces between them, and rewriting those takes half of the time.
    const words = foldable.test(bare) ? bare.replace(/[ \t\r\n\f\u200b]+/g, ' ') : bare;
    const trimmed = words.replace(/^ | $/g, '');
    if (trimmed !== '') paragraphs.push(trimmed);
  }
  const text = paragraphs.join('\n\n');
  if (!text.includes('&')) return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

const foldable = /[\t\r\n\f\u200b]| {2}/;

function attributesOf(href: string | undefined): Record<string, string> {
  return href === undefined ? {} : { href };
}

function absoluteLink(href: string | undefined, base: string): string | undefined {
  // Browsers drop control characters inside a scheme, so do we before looking at it.
  const bare = href?.replace(/\p{Cc}/gu, '').trim();
  const url = bare ? parseUrl(bare, base) : undefined;
  const isWeb = url && ['http:', 'https:', 'mailto:'].includes(url.protocol);
  return isWeb && !isInside(url.hostname) ? url.href : undefined;
}

/** A link into the reader's own network is never meant well. */
function isInside(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  // Asked of names as well, it would throw and catch inside, which takes longer than all the rest.
  if (/^[\d.]+$|:/.test(literal) && ipaddr.isValid(literal)) return !isPublicAddress(literal);
  return /(^|\.)(localhost|local|internal)\.?$/.test(hostname);
}
