// TeX in a title or an abstract -> text that reads in a mail: "$\epsilon_\theta$" becomes "ε_θ"; pure.
import { withDollars, withSubscripts } from './bare-formulas.ts';
import { readText } from './read-tex.ts';
import type { ShowFormula } from './tex-cursor.ts';

/** A text without any of these says the same in TeX. */
const mayBeTex = /[\\$`~{}]|--|[\^_]\\/;

/**
 * What a text with TeX would print, as far as Unicode can say it. What is no TeX stays as it is: sums of money, names
 * with underscores, options of command lines, paths, braces in pairs. Commands that are unknown lose their backslash.
 */
export function texToText(text: string, showFormula?: ShowFormula): string {
  const bare = withSubscripts(text);
  if (!mayBeTex.test(bare)) return bare;
  const read = readText(withDollars(bare), showFormula);
  // A formula that is shown may have a brace for a system of equations.
  return showFormula ? read : withoutLoneBraces(read);
}

/** A brace without a partner is what a slip of the author left of a command. Linear in the length of the text. */
function withoutLoneBraces(text: string): string {
  if (!text.includes('{') && !text.includes('}')) return text;
  const open: number[] = [];
  const lone = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') open.push(at);
    if (text[at] === '}' && open.pop() === undefined) lone.add(at);
  }
  for (const at of open) lone.add(at);
  return lone.size === 0 ? text : text.split('').filter((_, at) => !lone.has(at)).join(''); // prettier-ignore
}
