// A text -> the same for the beginning of a line; pure.

/** With a capital where the language has one. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
