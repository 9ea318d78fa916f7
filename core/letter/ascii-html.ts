// Markup -> the same markup in 7-bit ASCII, which no relay re-encodes.
import { withoutControls } from '../html-text.ts';

/** Writes every character above U+007E as a numeric entity and drops control characters, which HTML forbids. */
export function asciiHtml(html: string): string {
  return withoutControls(html).replace(/[^\n\t\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0)};`);
}
