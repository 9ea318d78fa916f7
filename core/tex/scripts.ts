// What stands above, below or over something in TeX -> Unicode where it has the characters, else "^(…)", "_(…)" or nothing.

const spread = (plain: string, other: string): Map<string, string> => {
  const [from, to] = [Array.from(plain), Array.from(other)];
  return new Map(from.map((character, at) => [character, to[at]!]));
};
const raised = spread('0123456789+-=()abcdefghijklmnoprstuvwxyz', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ');
const lowered = spread('0123456789+-=x.', '₀₁₂₃₄₅₆₇₈₉₊₋₌ₓ.');
/** Raised already, or so written that raising adds nothing. */
const asItIs = new Map([['∘', '°'], ['°', '°'], ['′', '′'], ['″', '″'], ['†', '†'], ['‡', '‡'], ['*', '*'], ['∗', '*'], ['⋆', '⋆'], ['⊤', 'ᵀ'], ['®', '®'], ['™', '™'], ['©', '©']]); // prettier-ignore
/** Longer words are hard to read when they are small. */
const longestRaised = 6;

export function raise(text: string): string {
  const plain = text.trim();
  // "K^{*0}": the star is raised by itself.
  if (/^\*[\d+-]{1,3}$/.test(plain)) return `*${raise(plain.slice(1))}`;
  return asItIs.get(plain) ?? rewritten(plain, raised) ?? marked('^', plain);
}

export function lower(text: string): string {
  const plain = text.trim();
  // Letters stay as they are, since few have a small form; numbers and "1-x" of alloys do.
  const small = /\d|^x$/.test(plain) && !/^\.|\.$/.test(plain) ? rewritten(plain, lowered) : undefined;
  return small ?? marked('_', plain);
}

function rewritten(text: string, table: ReadonlyMap<string, string>): string | undefined {
  const characters = Array.from(text, (character) => table.get(character));
  return characters.length <= longestRaised && !characters.includes(undefined) ? characters.join('') : undefined;
}

function marked(sign: string, text: string): string {
  if (text === '') return '';
  return Array.from(text).length > 1 ? `${sign}(${text})` : sign + text;
}

/** Marks over or under one character, as combining characters. */
const marks = new Map([
  ['hat', '\u0302'], ['widehat', '\u0302'], ['check', '\u030c'], ['tilde', '\u0303'], ['widetilde', '\u0303'], ['bar', '\u0304'], ['overline', '\u0304'],
  ['dot', '\u0307'], ['ddot', '\u0308'], ['acute', '\u0301'], ['grave', '\u0300'], ['breve', '\u0306'], ['mathring', '\u030a'], ['vec', '\u20d7'],
  ["'", '\u0301'], ['`', '\u0300'], ['^', '\u0302'], ['"', '\u0308'], ['~', '\u0303'], ['=', '\u0304'], ['.', '\u0307'],
  ['c', '\u0327'], ['v', '\u030c'], ['u', '\u0306'], ['H', '\u030b'], ['k', '\u0328'], ['r', '\u030a'], ['b', '\u0331'], ['d', '\u0323'], ['t', ''],
]); // prettier-ignore

/** The character with its mark; a longer text without, since a mark over one of its characters would be wrong. */
export function accent(name: string, text: string): string {
  const [first = '', ...rest] = Array.from(text);
  const base = first === 'ı' ? 'i' : first === 'ȷ' ? 'j' : first;
  if (rest.some((character) => !/\p{M}/u.test(character)) || !/[\p{L}\p{N}]/u.test(base)) return text;
  return (base + rest.join('') + marks.get(name)!).normalize('NFC');
}

export function isAccent(name: string): boolean {
  return marks.has(name);
}

const doubled = spread('CHNPQRZ', 'ℂℍℕℙℚℝℤ');

/** Blackboard bold, as far as every font has it. */
export function blackboard(text: string): string {
  return Array.from(text, (character) => doubled.get(character) ?? character).join('');
}
