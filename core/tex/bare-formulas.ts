// TeX that stands in a text without dollar signs (`\(x^2\)` as MathJax wants it, `La_3Ni_2O_7`) -> with them, or as it prints; pure.

/** A text in which `\(...\)` and `\[...\]` stand between dollar signs, where what is in them is a formula. */
export function withDollars(text: string): string {
  return betweenMarks(betweenMarks(text, { open: '\\(', close: '\\)', sign: '$' }), { open: '\\[', close: '\\]', sign: '$$' }); // prettier-ignore
}

/** Formulas have a sign of TeX or are a letter or two; "\(foo\)" may be a pattern of grep. */
const isMath = /[\\^_=<>+]|^\s{0,9}\S{1,3}\s{0,9}$/;
const longest = 2000;

function betweenMarks(text: string, { open, close, sign }: { open: string; close: string; sign: string }): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, Math.max(from, at + 1))) {
    const end = text.indexOf(close, at);
    if (end === -1) break;
    const inside = text.slice(at + open.length, end);
    const isSpoken = inside.length > longest || inside.includes('$') || !isMath.test(inside) || text[at - 1] === '\\';
    if (isSpoken) continue;
    out += `${text.slice(from, at)}${sign}${inside.trim()}${sign}`;
    from = end + close.length;
  }
  return out + text.slice(from);
}

const elements = new Set(
  (
    'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn ' +
    'Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu'
  ).split(' '),
);
const compound = /(?<![\w\\{}^$])(?:[A-Z][a-z]?(?:_\d{1,2}|_\{\d{1,2}(?:\.\d{1,2})?\})?){2,12}(?![\w{])/g;
const part = /([A-Z][a-z]?)(?:_\{?([\d.]{1,5})\}?)?/g;
/** Of one letter each, which names of programs are too ("CPU_0"). */
const short = /^(?:CO|SO|NO|UO|NH|CH|BN|SF|PH|BF|CF)_/;

/** A text in which compounds of chemistry have small numbers; every part must be an element, and the whole more than an abbreviation. */
export function withSubscripts(text: string): string {
  if (!text.includes('_')) return text;
  return text.replace(compound, (name) => {
    const parts = [...name.matchAll(part)];
    const isChemical =
      parts.every(([, symbol]) => elements.has(symbol!)) &&
      parts.some(([, , count]) => count !== undefined) &&
      (parts.some(([, symbol]) => symbol!.length > 1) ||
        parts.slice(0, -1).some(([, , count]) => count !== undefined) ||
        short.test(name));
    if (!isChemical) return name;
    return parts.map(([, symbol, count = '']) => symbol + Array.from(count, smallDigit).join('')).join('');
  });
}

function smallDigit(digit: string): string {
  return digit === '.' ? '.' : String.fromCharCode(0x2080 + Number(digit));
}
