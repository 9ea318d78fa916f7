// References to the two halves of a character beyond 16 bits, as engines of blogs write emoji -> the character; pure.

const pair = /&#(5\d{4}|x[dD][\da-fA-F]{3});&#(5\d{4}|x[dD][\da-fA-F]{3});/g;

/** "&#55357;&#56832;" is one emoji; each half alone is none, and stays for the decoder to refuse. */
export function joinHalves(text: string): string {
  if (!/&#(?:5|xd)/i.test(text)) return text;
  return text.replace(pair, (both, first: string, second: string) => {
    const joined = String.fromCharCode(codeOf(first), codeOf(second));
    return /^\p{Surrogate}/u.test(joined) || joined.codePointAt(0)! < 0x10000 ? both : joined;
  });
}

function codeOf(reference: string): number {
  return Number(reference.replace(/^x/i, '0x'));
}
