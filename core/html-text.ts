// Plain text -> the same as HTML, for an element or a quoted attribute.

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Escapes what HTML reads as markup, and drops control characters, which it forbids. */
export function htmlText(text: string): string {
  return withoutControls(text.replace(/[&<>"']/g, (character) => entities[character]!));
}

/** Markup without control characters but for tabs and line ends. */
export function withoutControls(html: string): string {
  return html.replace(/(?![\n\t])\p{Cc}/gu, '');
}
