// A text in which an address escapes characters by percent signs -> the text; pure.

/** Decoded; as it is where it was not encoded so. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
