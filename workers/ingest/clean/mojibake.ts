// Text that was decoded with the wrong table once -> as it was meant; pure.
import { createRequire } from 'node:module';
import { looksTorn, restoreLostBytes } from './lost-bytes.ts';

const require = createRequire(import.meta.url);
let ftfy: typeof import('ftfy-js') | undefined;

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
  if (looksTorn(text)) return restoreLostBytes(text);
  // Loaded with the first text that may need it, in the thread that reads: its tables take 37 MB.
  ftfy ??= require('ftfy-js') as typeof import('ftfy-js');
  return ftfy.fix_text(text, onlyEncoding);
}
