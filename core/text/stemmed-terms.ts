// Text -> terms: what BM25 counts, with endings taken off so that "models" meets "modelling".

const stopWords = new Set(
  `a about after all also am an and any are as at be been but by can could did do does each for from get had has have
  he her here him his how i if in into is it its just like me more most my new no not of on one only or other our out
  over own paper papers she should so some such than that the their them then there these they this those through to
  too under up use used uses using very via was we were what when where which while who why will with would you your`.split(
    /\s+/,
  ),
);
const words = /[\p{L}\p{N}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/**
 * The terms of `text` in order, lower-case, repeats kept; stop words and single letters left out.
 * Scripts without spaces become overlapping character pairs, as Lucene's CJK analyzer does.
 */
export function tokenize(text: string): string[] {
  const terms: string[] = [];
  const plain = text.normalize('NFKC').toLowerCase();
  for (const [run] of plain.matchAll(unspaced)) terms.push(...pairs(run));
  for (const [word] of plain.replace(unspaced, ' ').matchAll(words)) {
    if (word.length > 1 && !stopWords.has(word)) terms.push(stem(word));
  }
  return terms;
}

function pairs(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}

/**
 * Takes English endings off until nothing changes: plurals (the S-stemmer, Harman 1991), -ing, -ed, a last -e, a doubled letter.
 * Repeating makes chains meet: "embeddings", "embedding", "embedded" and "embed" all end as one term.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const shorter = withoutVerbEnding(withoutPlural(word))
    .replace(/(?<=...)e$/, '')
    .replace(/(?<=..)([^aeiou])\1$/, '$1');
  return shorter === word ? word : stem(shorter);
}

function withoutPlural(word: string): string {
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

/** What is left must be a word: three letters or more with a vowel, so "string" and "speed" stay. */
function withoutVerbEnding(word: string): string {
  const left = word.replace(/(ing|(?<!e)ed)$/, '');
  return left.length >= 3 && /[aeiouy]/.test(left) ? left : word;
}
