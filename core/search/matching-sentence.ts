// text x the words of a question -> the sentence that has most of them, in pieces, with its place; pure.
import { placeTerms, tokenize } from '../text/stemmed-terms.ts';

export interface MatchingSentence {
  /** Where it stands in the text, in UTF-16 units. */
  start: number;
  end: number;
  /** Its text in order; those that are words of the question are hits. */
  pieces: { text: string; isHit: boolean }[];
}

/** A sentence that goes on is cut round its first hit. */
const longest = 320;
const before = 80;
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const wordsIn = new Intl.Segmenter('en', { granularity: 'word' });

/** The first of the sentences with the most different terms of the question; the text's first when none has any, undefined of an empty text. */
export function matchingSentence(text: string, words: readonly string[]): MatchingSentence | undefined {
  const asked = new Set(words.flatMap((word) => tokenize(word)));
  let best: { start: number; sentence: string; hits: number } | undefined;
  for (const { segment, index } of sentences.segment(text)) {
    const hits = new Set(placeTerms(segment).terms.filter((term) => asked.has(term))).size;
    if (segment.trim() !== '' && hits > (best?.hits ?? -1)) best = { start: index, sentence: segment.trimEnd(), hits };
  }
  if (!best) return undefined;
  const pieces = piecesOf(best.sentence, asked);
  return { start: best.start, end: best.start + best.sentence.length, pieces: cut(pieces) };
}

function piecesOf(sentence: string, asked: ReadonlySet<string>): MatchingSentence['pieces'] {
  const pieces: MatchingSentence['pieces'] = [];
  for (const { segment, isWordLike } of wordsIn.segment(sentence)) {
    const isHit = isWordLike === true && tokenize(segment).some((term) => asked.has(term));
    const last = pieces.at(-1);
    if (last?.isHit === isHit) last.text += segment;
    else pieces.push({ text: segment, isHit });
  }
  return pieces;
}

function cut(pieces: MatchingSentence['pieces']): MatchingSentence['pieces'] {
  const [first] = pieces;
  const shown =
    first && !first.isHit && pieces.length > 1 && first.text.length > before + 20
      ? [{ text: `… ${first.text.slice(-before)}`, isHit: false }, ...pieces.slice(1)]
      : pieces;
  const kept: MatchingSentence['pieces'] = [];
  let room = longest;
  for (const piece of shown) {
    if (room <= 0) break;
    kept.push(piece.text.length <= room ? piece : { ...piece, text: `${piece.text.slice(0, room)} …` });
    room -= piece.text.length;
  }
  return kept;
}
