// Words of a bibliography as it spells them (TeX, and the tags of CSL-JSON) -> as they are printed; pure.
import { oneLine } from '../one-line.ts';
import { texToText } from '../tex/tex-to-text.ts';

const betweenDollars = /\$([^$\n]{1,600})\$/g;
/** A command or a script, which sums of money have not. */
const ofFormula = /[\\^_]/;
/** "{\TeX}" and "\TeX{}"; an accent has no letter behind its backslash, or something in its braces. */
const loneCommand = /\{\\[A-Za-z]{2,20} ?\}|\\[A-Za-z]{2,20}\{\}/g;
/** As Zotero and citeproc mark titles up (CSL 1.0.2, appendix III), and what Citation.js makes of \emph and scripts. */
const tag = /<\/?(?:i|b|em|strong|sc|span)(?: [^<>]{0,100})?>/g;
const script = /<(su[bp])>([^<>]{1,60})<\/su[bp]>/g;

/** An entry of BibTeX with its formulas and names of programs printed, which Citation.js leaves as they are or breaks ("n²⁾"). */
export function printedTeX(entry: string): string {
  return entry
    .replace(betweenDollars, (tex) => (ofFormula.test(tex) ? texToText(tex) : tex))
    .replace(loneCommand, (tex) => texToText(tex));
}

/** A title or an abstract without TeX and tags. */
export function printedMarkup(text: string): string {
  const untagged = text.replace(tag, '').replace(script, (_, kind: string, inner: string) => (kind === 'sub' ? `$_{${inner}}$` : `$^{${inner}}$`)); // prettier-ignore
  return oneLine(texToText(untagged));
}
