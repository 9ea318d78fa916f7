// text -> where its sentences are, as readers of its language see them; pure.
import sbd from 'sbd';
import { formulasIn } from '../tex/find-formula.ts';

/** Written without spaces between sentences; `sbd` needs them. */
const unspaced = new Set(['zh', 'ja', 'th']);

/** `sbd` swallows the full stop of a host. */
const addresses = /(?:https?:\/\/|www\.)\S*[^\s.,;:!?)\]'"]/g;

/** From the first character to after the last, in UTF-16 units. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * The sentences of a text in order, without those that a cut left unfinished; a full stop inside a formula or an address ends nothing.
 * `Intl.Segmenter` splits after "Dr." and "vs.", so it serves only where sbd cannot.
 */
export function splitSentences(text: string, lang: string): TextRange[] {
  const language = lang.slice(0, 2);
  // A group of TeX may be a sentence: "{Most of it is unknown.} We show".
  const plain = maskFormulas(text).replace(addresses, mask).replaceAll('{', ' ').replaceAll('}', ' ');
  const sentences = unspaced.has(language)
    ? [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(plain)].map(({ segment }) => segment)
    : sbd.sentences(plain, { newline_boundaries: true });
  return locate(plain, sentences).filter(({ start, end }) => isWhole(plain.slice(start, end)));
}

function mask(whole: string): string {
  return 'x'.repeat(whole.length);
}

function maskFormulas(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of formulasIn(text)) {
    masked += text.slice(from, start) + mask(text.slice(start, end));
    from = end;
  }
  return masked + text.slice(from);
}

/** Finds sentences whose spaces were changed, one after the other; one that is not there is skipped. */
function locate(text: string, sentences: readonly string[]): TextRange[] {
  let from = 0;
  return sentences.flatMap((sentence) => {
    const characters = sentence.replace(/\s+/g, '');
    if (characters === '') return [];
    for (let start = text.indexOf(characters[0]!, from); start >= 0; start = text.indexOf(characters[0]!, start + 1)) {
      const end = endOf(text, start, characters);
      if (end === undefined) continue;
      from = end;
      return [{ start, end }];
    }
    return [];
  });
}

/** Where these letters end that begin at `start`, whatever spaces are between them. */
function endOf(text: string, start: number, characters: string): number | undefined {
  let at = start;
  for (const letter of characters.split('')) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (text[at] !== letter) return undefined;
    at++;
  }
  return at;
}

/** Ends as sentences end, perhaps within a quotation or bracket. Thai has no full stop. */
function isWhole(sentence: string): boolean {
  return /[.!?…。！？][)"'”’»」』]*$/u.test(sentence) || /\p{Script=Thai}$/u.test(sentence);
}
