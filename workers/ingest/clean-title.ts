// The title of an item as its source spelled it -> plain text on one line; and the trimming that every text gets; pure.
import { decodeHTML } from 'entities';
import { textOf } from './clean-html.ts';
import { repairMojibake } from './mojibake.ts';
import type { ParsedItem } from './parsed-item.ts';

/** A title in plain text on one line; its TeX stays as it is. */
export function cleanTitle({ title, titleType }: Pick<ParsedItem, 'title' | 'titleType'>): string {
  const words = /[<&]/.test(title) ? withoutMarkup({ title, titleType }) : title.slice(0, maxTitle);
  return repairMojibake(tidy(words)).replace(/\s+/g, ' ').trim();
}

/** Far beyond any title, since what follows may take quadratic time. */
const maxTitle = 5000;

function withoutMarkup({ title, titleType }: Pick<ParsedItem, 'title' | 'titleType'>): string {
  // Tags by name, since `$a<b$` is no tag; entities only where the format has them.
  const tag =
    /<\/?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|p|q|s|script|small|span|strong|style|sub|sup|svg|tt|u)(?:\s+[\w:-]+\s*=[^<>]*|\s*\/?)>/gi;
  const bare = title
    .slice(0, maxTitle)
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--(?:[\s\S]*?-->|[^>]*>?)|<!doctype[^>]*>/gi, '');
  const plain = titleType === 'html' ? plainText(bare) : bare;
  return plain.replace(tag, '');
}

function plainText(html: string): string {
  return html.includes('<') ? textOf(escapeLoneAngles(html)) : decodeHTML(html);
}

function escapeLoneAngles(title: string): string {
  return title.replace(/<(?!\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>)/gi, '&lt;');
}

/** Control characters and lone surrogates, which a database refuses, are dropped; 0x80-0x9f may yet be mojibake. */
export function tidy(text: string): string {
  return untidy.test(text) ? text.replace(dropped, '') : text;
}

const dropped = /(?![\t\n\r\u0080-\u009f])\p{Cc}|[\u200b\u2060\ufeff]|\p{Surrogate}/gu;
/** The same and whole pairs as well: without the flag that knows pairs it takes a quarter of the time. */
const untidy = /[^\t\n\r -~\u0080-\u200a\u200c-\u205f\u2061-\ud7ff\ue000-\ufefe\uff00-\uffff]/;

/** What names an item that has no title. */
export function firstLine(text: string): string {
  return clip(text.split('\n', 1)[0] ?? '', 120);
}

/** At most `max` characters, cut between words where there are some, never inside a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > max * 0.8 ? cut.slice(0, space) : cut}…`;
}
