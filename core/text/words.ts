// text -> its words, whatever the script: the one place that says where a word begins and ends; pure.

const unspacedScripts = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
const unspaced = new RegExp(`[${unspacedScripts}]`, 'u');
const characters = String.raw`(?:(?![${unspacedScripts}])[\p{L}\p{M}\p{N}])+`;
const beyondAscii = /[^\0-\x7f]/;

/**
 * Gives the words and numbers of a lower-case text in order. `joiners` are the characters that hold the parts of one word
 * together, as in "don't" and "low-rank". Chinese, Japanese and Thai write no spaces: overlapping pairs of characters stand in for
 * their words, as in Lucene's CJK analyzer. Linear in the length of the text.
 */
export function wordFinder(joiners: string): (text: string) => string[] {
  const join = (part: string): string => (joiners === '' ? part : `${part}(?:[${joiners}]${part})*`);
  const any = new RegExp(`[${unspacedScripts}]+|${join(characters)}`, 'gu');
  // Says the same of ASCII, four times as fast.
  const ascii = new RegExp(join('[a-z0-9]+'), 'g');
  return (text) => {
    if (!beyondAscii.test(text)) return text.match(ascii) ?? [];
    return (text.match(any) ?? []).flatMap((run) => (isUnspaced(run) ? pairsOf(run) : [run]));
  };
}

/** True for a pair of characters that stands in for a word, and for a run of such a script. */
export function isUnspaced(word: string): boolean {
  return unspaced.test(word);
}

/** Compatibility forms as one (NFKC), lower case, one kind of apostrophe: what `wordFinder` reads. */
export function foldCase(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}

function pairsOf(run: string): string[] {
  const all = Array.from(run);
  if (all.length === 1) return all;
  return all.slice(1).map((character, at) => all[at]! + character);
}
