// Whether a text that people read still holds pieces of TeX; pure, one pass.

/** A command (`\alpha`), a group of an index (`_{i}`, `^{2}`), a display (`$$`), or a formula between dollars that is no sum of money. */
export function hasTexDebris(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const [here, next = ''] = [text[at], text[at + 1]];
    if (here === '\\' && isLetter(next)) return true;
    if ((here === '_' || here === '^') && next === '{') return true;
    if (here === '$' && next === '$') return true;
    if (here === '$' && (isLetter(next) || next === '\\') && text.includes('$', at + 2)) return true;
  }
  return false;
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}
