// The title of an item as its source spelled it -> plain text on one line; and the trimming that every text gets; pure.
import { decodeHTMLAttribute } from 'entities';
import { oneLine } from '../../../core/one-line.ts';
import { imagesToWords } from './image-words.ts';
import { mathToText } from './math-text.ts';
import { repairMojibake } from './mojibake.ts';
import type { ParsedItem } from '../parsed-item.ts';
import { stripMarkup } from './strip-markup.ts';
import { joinHalves } from './surrogate-pairs.ts';

/** A title in plain text on one line; its TeX stays as it is. */
export function cleanTitle({ title, titleType }: Pick<ParsedItem, 'title' | 'titleType'>): string {
  const words = /[<&]/.test(title) ? withoutMarkup({ title, titleType }) : title.slice(0, maxTitle);
  return oneLine(repairMojibake(tidy(words)));
}

/** Far beyond any title, since what follows may take quadratic time. */
const maxTitle = 5000;

/** Entities only where the format has them. As in an attribute, an ampersand of an address ("?a=1&copy=2") is none. */
function withoutMarkup({ title, titleType }: Pick<ParsedItem, 'title' | 'titleType'>): string {
  const words = stripMarkup(imagesToWords(mathToText(joinHalves(title.slice(0, maxTitle)))));
  return titleType === 'html' ? decodeHTMLAttribute(words) : words;
}

/**
 * Dropped are control characters and lone surrogates, which a database refuses, and what turns round the text behind it
 * (embeddings, overrides, isolates); 0x80-0x9f may yet be mojibake.
 */
export function tidy(text: string): string {
  return untidy.test(text) ? text.replace(dropped, '') : text;
}

const dropped = /(?![\t\n\r\u0080-\u009f])\p{Cc}|[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
/** The same and whole pairs as well: without the flag that knows pairs it takes a quarter of the time. */
const untidy =
  /[^\t\n\r -~\u0080-\u200a\u200c-\u2029\u202f-\u205f\u2061-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\uffff]/;

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
