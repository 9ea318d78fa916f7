// TeX in a title or an abstract -> text that reads in a mail: "$\epsilon_\theta$" becomes "ε_θ"; pure.
import { readText } from './tex/read-tex.ts';
import type { ShowFormula } from './tex/reader.ts';

/** A text without any of these says the same in TeX. */
const mayBeTex = /[\\$`~]|--|[\^_{]\{|\{[,.\\^_]|[\^_]\\/;

/**
 * What a text with TeX would print, as far as Unicode can say it. What is no TeX stays as it is: sums of money, names
 * with underscores, options of command lines, paths, braces. Commands that are unknown lose their backslash.
 */
export function texToText(text: string, showFormula?: ShowFormula): string {
  return mayBeTex.test(text) ? readText(text, showFormula) : text;
}
