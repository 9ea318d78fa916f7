// Values as PostgreSQL can store them: it knows no NUL in a text, and no half of a surrogate pair in JSON.

/**
 * JSON for a statement. What servers, feeds and people send may hold a NUL (22P05) or be cut within a pair (22P02): one such text
 * would fail the statement with all that is written beside it, for as long as it is tried.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Control characters and lone halves are all that is written as \u (ECMA-262, 25.5.2).
  return json?.includes('\\u') ? JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? toStorable(part) : part)) : json; // prettier-ignore
}

/** The text without NUL; a lone half of a pair becomes U+FFFD, as it would on its way to the server. */
export function toStorable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}
