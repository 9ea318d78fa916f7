// A line that somebody typed or pasted -> what it names, each by its keys: arXiv numbers, DOIs, addresses; pure.
import { doiKey, mentionedKeyOf, mentionsOf } from './keys.ts';

/** One work, or as many as the line has DOIs; words around them are not part of any. Nothing of a line that names nothing. */
export function keysOfLine(line: string): string[][] {
  const dois = line.split(' ').flatMap(doiIn);
  return dois.length > 0 ? dois.map((doi) => [doi]) : [keysInLine(line)];
}

/** "10.1000/182", "(10.1000/182);" and "doi:10.1000/182"; addresses are read as such. */
function doiIn(word: string): string[] {
  const at = word.indexOf('10.');
  const isDoi =
    at >= 0 &&
    at <= 5 &&
    !word.startsWith('http') &&
    word.includes('/', at + 4) &&
    word[at + 3]! >= '0' &&
    word[at + 3]! <= '9';
  return isDoi ? [doiKey(word.slice(at).split(';', 1)[0]!)] : [];
}

function keysInLine(line: string): string[] {
  if (line.startsWith('http')) return [mentionedKeyOf(line)].filter((key) => key !== undefined);
  const named = namesIn(line);
  return named.length > 0 ? named.slice(0, 1) : namesIn(`arXiv:${line}`).slice(0, 1);
}

/** Identifiers in a text: of papers and DOIs, and addresses. */
export function namesIn(text: string): string[] {
  return mentionsOf({ links: [], text: text.slice(0, 10_000), keys: [] });
}
