// the texts of an item -> its sentences as quotes, each with its place; pure.
import type { SummarySentence } from '../store/summaries.ts';
import { texToText } from '../tex/tex-to-text.ts';
import { splitSentences } from './split-sentences.ts';
import { collapseSpaces } from './collapse-spaces.ts';

/** A text of an item: its own (segment 0), or a stretch of its transcript. */
export interface SourceText {
  segment: number;
  text: string;
  startS?: number;
}

export type Quote = Omit<SummarySentence, 'itemId' | 'by'>;

/** Every whole sentence of a text, in order; `text` is what a mail shows, `quote` what stands from `start` to `end`. */
export function quoteSentences({ segment, text, startS }: SourceText, lang: string): Quote[] {
  return splitSentences(text, lang).map(({ start, end }) => {
    const quote = text.slice(start, end);
    const plain = collapseSpaces(texToText(quote));
    return { segment, start, end, quote, text: plain, ...(startS === undefined ? {} : { startS }) };
  });
}

const longestOpening = 240;

/** The first words of a text, at most 240 characters, with "…" where they end within it; undefined of an empty one. */
export function quoteOpening({ segment, text, startS }: SourceText): Quote | undefined {
  const start = text.length - text.trimStart().length;
  const whole = text.trimEnd();
  if (start >= whole.length) return undefined;
  const isWhole = whole.length - start <= longestOpening;
  const space = whole.lastIndexOf(' ', start + longestOpening);
  const end = isWhole ? whole.length : space > start ? space : start + longestOpening;
  const quote = text.slice(start, end);
  const plain = collapseSpaces(texToText(quote));
  return {
    segment,
    start,
    end,
    quote,
    text: isWhole ? plain : `${plain}…`,
    ...(startS === undefined ? {} : { startS }),
  };
}
