// JSON -> how many values it has, counted before anything is made of them; pure.

/**
 * Counts what opens or follows a value outside of strings, and stops at `most`. `JSON.parse` makes 50 to 100 bytes of each,
 * and when memory ends inside it, it neither returns nor can be stopped.
 */
export function countJsonValues(text: string, most: number): number {
  let count = 0;
  for (let at = 0; at < text.length && count < most; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma || code === brace || code === bracket) count++;
  }
  return count;
}

const quote = 0x22;
const comma = 0x2c;
const brace = 0x7b;
const bracket = 0x5b;
const backslash = 0x5c;

/** Where the string that begins at `start` ends: the first quote after an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}
