// text -> where its sentences are, as readers of its language see them; pure.
import sbd from 'sbd';
import { formulas } from '../../core/tex-to-text.ts';

/** Written without spaces between sentences; `sbd` needs them. */
const unspaced = new Set(['zh', 'ja', 'th']);

/** From the first character to after the last, in UTF-16 units. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * The sentences of a text in order, without those that a cut left unfinished; a full stop inside a formula ends nothing.
 * `Intl.Segmenter` splits after "Dr." and "vs.", so it serves only where sbd cannot.
 */
export function splitSentences(text: string, lang: string): Stretch[] {
  const language = lang.slice(0, 2);
  const plain = text.replace(formulas, (formula) => 'x'.repeat(formula.length));
  const sentences = unspaced.has(language)
    ? [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(plain)].map(({ segment }) => segment)
    : sbd.sentences(plain, { newline_boundaries: true });
  return locate(plain, sentences).filter(({ start, end }) => isWhole(plain.slice(start, end)));
}

/** Finds sentences whose spaces were changed: character by character, spaces left out. One that is not there is skipped. */
function locate(text: string, sentences: readonly string[]): Stretch[] {
  let from = 0;
  return sentences.flatMap((sentence) => {
    const letters = sentence.replace(/\s+/g, '');
    let [start, at] = [-1, from];
    for (let matched = 0; matched < letters.length; at++) {
      if (at >= text.length) return [];
      if (/\s/.test(text[at]!)) continue;
      if (text[at] !== letters[matched]) return [];
      if (matched === 0) start = at;
      matched++;
    }
    from = at;
    return start < 0 ? [] : [{ start, end: at }];
  });
}

/** Ends as sentences end, perhaps within a quotation or bracket. Thai has no full stop. */
function isWhole(sentence: string): boolean {
  return /[.!?…。！？][)"'”’»」』]*$/u.test(sentence) || /\p{Script=Thai}$/u.test(sentence);
}
