// Plain text -> HTML that shows exactly that text.

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes the characters that would be markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character]!);
}
