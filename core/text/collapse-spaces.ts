// A text with spaces and line ends of any number -> the same on one line; pure.

/** One space where there were several, or line ends; none at its ends. */
export function collapseSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
