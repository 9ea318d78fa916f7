// texts -> their words and neighbouring pairs as numbers that can be spelled again; pure.
import { phrasesOf, singular } from '../../core/text/terms.ts';
import { isUnspaced } from '../../core/text/words.ts';

/** Words that stand in texts on anything; stop words of a name, though not of a search. */
const saysLittle = new Set(
  `said says say told think know people year good best better great big new thanks please anyone mr mrs ms
  way lot want need really actually approach method propose proposed novel result
  article wrote writes edu com org`.split(/\s+/),
);
const mailAddresses = /(?<!\S)\S+@\S+/g;
/** Between phrases, and instead of a word that says little. */
const gap = -1;
/** A term is the number of a word, or of two: (first + 1) x pairBase + second, exact below 2^53 up to 2^26 spellings. */
const pairBase = 2 ** 26;

/** Reads texts word by word and numbers each spelling once: the terms of 50,000 papers as strings would be 800 MB. */
export function spellingBook() {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  /** The number of each word's singular, and `gap` for what is no word of a term. */
  const singulars: number[] = [];

  function numberOf(word: string): number {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const number = words.push(word) - 1;
    numbers.set(word, number);
    const term = singular(word);
    // Known before its singular is asked for: a singular of a singular may be another word, but never this one again.
    singulars.push(number);
    singulars[number] = saysLittle.has(word) || saysLittle.has(term) ? gap : term === word ? number : numberOf(term);
    return number;
  }

  /** The spellings of a text in order, with a gap after each phrase. */
  function read(text: string): Int32Array {
    const row: number[] = [];
    for (const phrase of phrasesOf(text.replace(mailAddresses, ' '))) {
      for (const word of phrase) row.push(numberOf(word));
      row.push(gap);
    }
    return Int32Array.from(row);
  }

  /** Tells each term of what was read: as counted, in the singular, and as written. */
  function eachTerm(row: Int32Array, tell: (term: number, spelling: number) => void): void {
    let [before, writtenBefore] = [gap, gap];
    for (const written of row) {
      const term = written === gap ? gap : singulars[written]!;
      if (term !== gap) {
        tell(term, written);
        const isSpaced = before !== gap && !isUnspaced(words[term]!) && !isUnspaced(words[before]!);
        if (isSpaced) tell((before + 1) * pairBase + term, (writtenBefore + 1) * pairBase + written);
      }
      [before, writtenBefore] = [term, written];
    }
  }

  /** A term or a spelling in letters. */
  function spell(term: number): string {
    if (term < pairBase) return words[term]!;
    return `${words[Math.floor(term / pairBase) - 1]!} ${words[term % pairBase]!}`;
  }

  return { read, eachTerm, spell };
}

/** True for the number of a pair. */
export function isPair(term: number): boolean {
  return term >= pairBase;
}
