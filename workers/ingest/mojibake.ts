// Text that was decoded with the wrong table once -> as it was meant; pure.
import { fix_text as fixText } from 'ftfy-js';
import { looksTorn, restoreLostBytes } from './lost-bytes.ts';

// Only the encoding: quotes, widths and ligatures are the author's, and full-width punctuation is right in Chinese.
const onlyEncoding = {
  unescape_html: false,
  uncurl_quotes: false,
  fix_character_width: false,
  fix_latin_ligatures: false,
  fix_line_breaks: false,
  normalization: null,
} as const;

/** Repairs UTF-8 that was read as windows-1252 or a relative of it; text that is right stays as it is. */
export function repairMojibake(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return looksTorn(text) ? restoreLostBytes(text) : fixText(text, onlyEncoding);
}
