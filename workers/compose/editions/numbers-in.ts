// A text -> its numbers in one spelling, so that those of two languages can be compared; pure.

const isDigit = (sign: string | undefined): boolean => sign !== undefined && sign >= '0' && sign <= '9';
/** Between digits: points, commas, apostrophes and the narrow blanks of French and Swiss typesetting. */
const separators = new Set(['.', ',', "'", '\u2019', '\u00a0', '\u202f', '\u2009']);

/**
 * The numbers of a text, sorted, each as its digits with "." before its decimals: "1,774", "1.774" and "1 774" are 1774,
 * "98,6" is 98.6. Digits of other scripts of Unicode's compatibility forms count as ours (NFKC).
 */
export function numbersIn(text: string): string[] {
  const plain = joinGroups(text.normalize('NFKC'));
  const found: string[] = [];
  for (let at = 0; at < plain.length; at++) {
    if (!isDigit(plain[at])) continue;
    const parts = [''];
    for (; at < plain.length; at++) {
      if (isDigit(plain[at])) parts[parts.length - 1] += plain[at]!;
      else if (separators.has(plain[at]!) && isDigit(plain[at + 1])) parts.push('');
      else break;
    }
    found.push(asOne(parts));
  }
  return found.toSorted();
}

/** Groups of three behind a first group that is no zero are thousands; of others a separator before the last part begins the decimals. */
function asOne(parts: readonly string[]): string {
  const [first, ...rest] = parts as [string, ...string[]];
  if (rest.length === 0) return first;
  const isGrouped =
    first.length <= 3 && !first.startsWith('0') && rest.slice(0, -1).every(({ length }) => length === 3);
  const last = rest.at(-1)!;
  if (isGrouped && last.length === 3) return parts.join('');
  if (isGrouped) return `${parts.slice(0, -1).join('')}.${last}`;
  return parts.join('.');
}

/** "12 000" -> "12000": a blank between up to three digits and exactly three. NFKC made plain blanks of the narrow ones. */
function joinGroups(text: string): string {
  let joined = '';
  for (let at = 0; at < text.length; at++) {
    const isGap = text[at] === ' ' && isDigit(text[at - 1]) && isDigit(text[at + 1]);
    if (!(isGap && digitsAt(text, at + 1) === 3 && digitsBefore(text, at) <= 3)) joined += text[at]!;
  }
  return joined;
}

function digitsAt(text: string, at: number): number {
  let count = 0;
  while (count < 5 && isDigit(text[at + count])) count++;
  return count;
}

function digitsBefore(text: string, at: number): number {
  let count = 0;
  while (count < 5 && isDigit(text[at - 1 - count])) count++;
  return count;
}

/** What of the numbers of one text another does not have. */
export function missingNumbers(of: readonly string[], from: readonly string[]): string[] {
  const left = [...from];
  return of.filter((number) => {
    const at = left.indexOf(number);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
