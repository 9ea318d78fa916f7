// text -> sentences, as readers of its language see them; pure.
import sbd from 'sbd';

/** Written without spaces between sentences; `sbd` needs them. */
const unspaced = new Set(['zh', 'ja', 'th']);

/**
 * The sentences of a text in order, without those that a cut left unfinished.
 * `Intl.Segmenter` splits after "Dr." and "vs.", so it serves only where sbd cannot.
 */
export function splitSentences(text: string, lang: string): string[] {
  const language = lang.slice(0, 2);
  const plain = text.trim();
  const sentences = unspaced.has(language)
    ? [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(plain)].map(({ segment }) => segment)
    : sbd.sentences(plain, { newline_boundaries: true });
  return sentences.map((sentence) => sentence.replace(/\s+/g, ' ').trim()).filter(isWhole);
}

/** Ends as sentences end, perhaps within a quotation or bracket. Thai has no full stop. */
function isWhole(sentence: string): boolean {
  return /[.!?…。！？][)"'”’»」』]*$/u.test(sentence) || /\p{Script=Thai}$/u.test(sentence);
}
