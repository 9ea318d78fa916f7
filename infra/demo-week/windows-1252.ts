// Text -> windows-1252 bytes: Node writes latin1 only, whose 0x80-0x9f are not the curly quotes and the euro sign.

// https://encoding.spec.whatwg.org/index-windows-1252.txt, from 0x80; a space stands where there is no printable character.
const high = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** One byte a character; throws on a character that windows-1252 lacks. */
export function encodeWindows1252(text: string): Buffer {
  const bytes = Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
    const at = high.indexOf(char);
    if (at < 0) throw new Error(`windows-1252 has no "${char}"; write it otherwise in the YAML file`);
    return 0x80 + at;
  });
  return Buffer.from(bytes);
}
