// what a model said of a source -> a summary in which every sentence is borne out by the source; pure.
import type { SummarySentence } from '../../core/store/summaries.ts';
import { wordsOf } from '../../core/text/terms.ts';
import { splitSentences } from '../../core/text/split-sentences.ts';

/** Share of the content words of a sentence that its source must have. */
const leastOverlap = 0.34;
const longest = 320;
const mostSentences = 3;
/** A tag, an address, a list, a heading: no sentence of a letter. */
const foreign = /<[a-z/!]|https?:|www\.|\S@\S+\.\S|```|^\s*(?:[-*#>|]|\d+\.)\s|\]\(/iu;
const numbers = /\d+(?:[.,]\d+)*/gu;

export interface CheckedSummary {
  /** The model that was asked. */
  model: string;
  /** What it said. */
  said: string;
  /** The title and text it was given. */
  source: string;
  lang: string;
  /** The summary made of the source's own sentences; at least one. */
  quotes: readonly SummarySentence[];
}

/**
 * The sentences of the model, each with the share of its content words that the source has. One below .34, with a number
 * the source does not have, or with anything but words in it, is replaced by the quoted sentence nearest to it, or dropped
 * when all of those are there already; what was refused is kept. Without a sentence that stands, the summary is what it was.
 */
export function checkSummary({ model, said, source, lang, quotes }: CheckedSummary): SummarySentence[] {
  const words = new Set(wordsOf(source));
  const figures = new Set(source.match(numbers));
  const summary = said.slice(0, 4_000).trim();
  const sentences = splitSentences(summary, lang).slice(0, mostSentences);
  const checked: SummarySentence[] = [];
  for (const { start, end } of sentences) {
    const text = summary.slice(start, end).replace(/\s+/g, ' ');
    const overlap = overlapOf(text, words);
    const figuresHold = (text.match(numbers) ?? []).every((figure) => figures.has(figure));
    if (overlap >= leastOverlap && figuresHold && text.length <= longest && !foreign.test(text)) {
      checked.push({ ...nearestQuote(text, quotes), text, by: 'model', model, overlap });
      continue;
    }
    // A quote that another sentence already says would only repeat it.
    const unused = quotes.filter(({ quote }) => !checked.some((other) => other.quote === quote));
    const refused = { overlap, refused: text.slice(0, longest) };
    if (unused.length > 0) checked.push({ ...nearestQuote(text, unused), ...refused });
    else if (checked.length > 0) checked.push({ ...checked.pop()!, refused: refused.refused });
  }
  return checked.some(({ by }) => by === 'model') ? checked : withRefusals(quotes, checked);
}

/** The share of the content words of a sentence that are among those of the source, to two digits; 0 without any. */
export function overlapOf(sentence: string, words: ReadonlySet<string>): number {
  const own = [...new Set(wordsOf(sentence))];
  return own.length === 0 ? 0 : Math.round((own.filter((word) => words.has(word)).length / own.length) * 100) / 100;
}

function nearestQuote(text: string, quotes: readonly SummarySentence[]): SummarySentence {
  const words = new Set(wordsOf(text));
  return quotes.reduce((best, quote) => (overlapOf(quote.text, words) > overlapOf(best.text, words) ? quote : best));
}

/** The quoted sentences, those that stand in for one of the model with what it said. */
function withRefusals(quotes: readonly SummarySentence[], checked: readonly SummarySentence[]): SummarySentence[] {
  return quotes.map((quote) => checked.find((other) => other.quote === quote.quote) ?? quote);
}
