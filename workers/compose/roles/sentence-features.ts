// The sentences of an abstract -> what its sentence classifier sees of each, as numbers of buckets; pure.
import { foldCase } from '../../../core/text/words.ts';

/** Features are told apart by a hash: 8,192 buckets are 40 kB of weights, and 32,768 classify no better. */
export const bucketCount = 8_192;
/** Where in five parts of its abstract a sentence stands. */
const positions = 5;
/** A sentence that opens with these words is told by them. */
const openingWords = 3;
/** Who speaks of their own work says one of these. */
const own = new Set(['we', 'our', 'ours', 'us', 'here', 'herein']);
const ownNouns = new Set(['paper', 'work', 'study', 'article', 'report', 'survey', 'letter', 'note', 'thesis']);
const pieces = /[a-z]+(?:['-][a-z]+)*|\d+(?:[.,]\d+)*|[%:;]/g;

/** The words of a sentence in lower case, each number as "#". */
export function piecesOf(sentence: string): string[] {
  return (foldCase(sentence).match(pieces) ?? []).map((piece) => (/\d/.test(piece) ? '#' : piece));
}

/** True when the authors speak of what they did themselves: "we", "our", "this paper". */
export function isOwnWork(words: readonly string[]): boolean {
  return words.some(
    (word, at) => own.has(word) || (ownNouns.has(word) && (words[at - 1] === 'this' || words[at - 1] === 'present')),
  );
}

/**
 * For each sentence of one abstract, given by its words, the buckets of its features: words, pairs of words, how it opens, where it
 * stands, and whether the authors have spoken of their own work before it.
 */
export function abstractFeatures(sentences: readonly (readonly string[])[]): number[][] {
  const first = sentences.findIndex(isOwnWork);
  return sentences.map((words, at) => {
    const place = Math.min(positions - 1, Math.floor((at / sentences.length) * positions));
    const stands = first < 0 ? 'none' : at < first ? 'before' : at === first ? 'first' : 'after';
    const length = words.length < 10 ? 'short' : words.length > 35 ? 'long' : 'medium';
    const found = [`at ${place}`, `own ${stands}`, `own ${stands} ${place}`, `length ${length}`, 'any'];
    if (at === 0) found.push('at first');
    if (at === sentences.length - 1) found.push('at last');
    words.forEach((word, index) => {
      found.push(word);
      if (index > 0) found.push(`${words[index - 1]} ${word}`);
      if (index < openingWords) found.push(`^${index} ${word}`);
    });
    return [...new Set(found.map(bucketOf))];
  });
}

/** FNV-1a, 32 bits. */
function bucketOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return ((hash >>> 16) ^ hash) & (bucketCount - 1);
}
