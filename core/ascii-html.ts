// Markup -> the same markup in 7-bit ASCII, which no relay re-encodes and which V8 keeps as one byte a character.

/** Writes every character above U+007E as a numeric entity and drops control characters, which HTML forbids. */
export function asciiHtml(html: string): string {
  return html
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[^\n\t\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0)};`);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Plain text as 7-bit HTML, for an element or a quoted attribute. */
export function asciiText(text: string): string {
  return asciiHtml(text.replace(/[&<>"']/g, (character) => entities[character]!));
}
