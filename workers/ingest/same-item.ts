// Two items of one source -> whether they are the same thing, by what they say; pure.
import { comparedCharacters } from '../../core/store/item-twins.ts';

/** What is compared of an item. */
export interface ComparedItem {
  url: string;
  title: string;
  text: string;
  publishedAt: Date;
  isUndated?: boolean;
}

/** Shared words, of all words of both: a correction changes fewer, another post of the same kind more. */
const alikeWords = 0.8;
const alikeTitle = 0.5;

/** Whether the text says that they are one: word for word, or all but a few. */
export function isSameText(one: ComparedItem, other: ComparedItem): boolean {
  const [a, b] = [one.text.slice(0, comparedCharacters).trim(), other.text.slice(0, comparedCharacters).trim()];
  if (a === '' || b === '') return false;
  return a === b || sharedWords(a, b) >= alikeWords;
}

/** Whether title or text say that they are one; the same title on another day is not enough, since some titles never change. */
export function agrees(one: ComparedItem, other: ComparedItem): boolean {
  return isSameText(one, other) || (isSameTitle(one, other) && isSameDay(one, other));
}

/** Whether neither text nor date say that they are one. */
export function contradicts(one: ComparedItem, other: ComparedItem): boolean {
  return !isSameText(one, other) && !isSameDay(one, other);
}

/** As after a correction. */
export function isAlikeTitle(one: ComparedItem, other: ComparedItem): boolean {
  return sharedWords(one.title, other.title) >= alikeTitle;
}

export function isSameTitle(one: ComparedItem, other: ComparedItem): boolean {
  return folded(one.title) === folded(other.title);
}

/** What has no date may be of any. */
export function isSameDay(one: ComparedItem, other: ComparedItem): boolean {
  const isKnown = !one.isUndated && !other.isUndated;
  return !isKnown || Math.abs(one.publishedAt.getTime() - other.publishedAt.getTime()) < 1000;
}

/** An address without its words, "2026 09 7781234" for /2026/09/a-slug-7781234.html; null where no number is long enough to name something. */
export function numbersOf(url: string): string | null {
  const numbers = url.replace(/[^0-9]+/g, ' ').trim();
  return /\d{5}/.test(numbers) ? numbers : null;
}

function folded(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Jaccard's measure, of words. */
function sharedWords(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(folded(text).split(' '))) as [Set<string>, Set<string>];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}
