// A dollar sign in a text -> the formula that it begins, if it is neither money nor a variable of a program; pure.

export interface Formula {
  /** From the first dollar sign to after the last, in UTF-16 units. */
  start: number;
  end: number;
  /** What stands between them. */
  tex: string;
}

/** A formula within a sentence is no longer. */
const longest = 2000;

/** All formulas of a text, one after the other. */
export function formulasIn(text: string): Formula[] {
  const found: Formula[] = [];
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at)) {
    const formula = text[at - 1] === '\\' ? undefined : formulaAt(text, at);
    if (formula) found.push(formula);
    at = formula?.end ?? at + 1;
  }
  return found;
}

/** The formula whose first dollar sign is at `at`. */
export function formulaAt(text: string, at: number): Formula | undefined {
  const sign = text.startsWith('$$', at) ? '$$' : '$';
  const from = at + sign.length;
  const to = closing(text.slice(from, from + longest), sign);
  if (to === -1) return undefined;
  const tex = text.slice(from, from + to);
  const end = from + to + sign.length;
  return isFormula(tex, text.slice(end, end + 2)) ? { start: at, end, tex } : undefined;
}

/** A dollar sign in braces, as in `\text{for $x$}`, ends nothing. */
function closing(text: string, sign: string): number {
  let depth = 0;
  let first = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '\n' && /^\n\s*\n/.test(text.slice(at, at + 9))) break;
    else if (character === '$' && text.startsWith(sign, at)) {
      if (depth <= 0) return at;
      if (first === -1) first = at;
    }
  }
  // Braces that do not close are a slip of the pen.
  return first;
}

/** As pandoc tells formulas from money, no space inside and no digit after, and somewhat further where a text leaves no doubt. */
function isFormula(tex: string, after: string): boolean {
  if (tex.trim() === '') return false;
  if (/\\[A-Za-z,;!|{}]/.test(tex)) return !/^\{\w+\}\W+$/.test(tex);
  if (/^\s*\d[\d.,]*\s*$/.test(tex)) return !/^\d/.test(after);
  // "$5 million for top-$k$", and "$1,000/$2,000".
  if (/^\d[\d.,]*\s*(?:\p{L}{3}|[kmb]n?\s)/iu.test(tex)) return false;
  const isScripted = /[\^_](?:\{[^{}]*\}|\w)/.test(tex);
  // Templates, shells and PHP: "${a}-${b}", "$HOME/$USER", "$row_a, $row_b", "f($x, $y)".
  if (/^\{\w+\}/.test(tex) && after.startsWith('{')) return false;
  if (/[([=,]\s?$/.test(tex) && /^\w/.test(after)) return false;
  if (/^[A-Za-z_]\w/.test(tex) && /[\s,(=/:;.+*-]$/.test(tex) && /^[\w{]/.test(after)) return false;
  if (/^\s|\s$/.test(tex)) return (isScripted || /^\s*\S{1,3}\s*$/.test(tex)) && !/^[\w(]/.test(after);
  return !/^\d/.test(after) || isScripted || /^(?:[A-Za-z]{1,3}|[-+<>=|])$/.test(tex);
}
