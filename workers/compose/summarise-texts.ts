// headlines with their texts -> what a letter shows under each title; pure, and quick enough for a thread to take a hundred at a time.
import type { TranscriptPassage, SummarySentence } from '../../core/store/summaries.ts';
import type { ItemToSummarise } from '../../core/store/uncarried-stories.ts';
import { titleOnly } from '../../core/letter/title-only.ts';
import { standAlone } from './stand-alone.ts';
import { quoteOpening, type Quote, type SourceText } from '../../core/text/quote-sentences.ts';
import { summarise } from './summarise.ts';
import { summarisePaper } from './summarise-paper.ts';

/** What a letter shows under the title, and where it stands. Without a text there is one sentence that says so, and no place. */
export interface Summary {
  summary: string[];
  sentences: SummarySentence[];
}

/** A headline, and what is said in it. */
export type HeadlineTexts = ItemToSummarise & { transcript: readonly TranscriptPassage[] };

/** One summary a headline, never empty. */
export function summariseTexts(headlines: readonly HeadlineTexts[]): Summary[] {
  return headlines.map(summaryOf);
}

function summaryOf({ id, kind, title, text, lang, transcript }: HeadlineTexts): Summary {
  const spoken = transcript.map(({ position, startS, text: said }) => {
    return { segment: position, text: said, ...(startS === null ? {} : { startS }) };
  });
  const texts: SourceText[] = [{ segment: 0, text }, ...spoken];
  const quotes = (kind === 'paper' && summarisePaper(text, { lang })) || summarise(texts, { lang });
  const chosen =
    quotes.length > 0
      ? quotes.map((quote, at) => (follows(quote, quotes[at - 1], texts) ? quote : standAlone(quote)))
      : openingOf(texts[0]!, title);
  if (chosen.length === 0) return { summary: [titleOnly[kind]], sentences: [] };
  return { summary: chosen.map((quote) => quote.text), sentences: chosen.map((quote) => ({ ...quote, by: 'source', itemId: id })) }; // prettier-ignore
}

/** Whether nothing stands between two sentences, so that the second may say "this". */
function follows(quote: Quote, before: Quote | undefined, texts: readonly SourceText[]): boolean {
  if (before === undefined || before.segment !== quote.segment) return false;
  const text = texts.find(({ segment }) => segment === quote.segment)?.text ?? '';
  return text.slice(before.end, quote.start).trim() === '';
}

/** Of a text without a whole sentence its opening, unless that is the title once more. */
function openingOf(source: SourceText, title: string): Quote[] {
  const opening = quoteOpening(source);
  const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return opening === undefined || bare(title).startsWith(bare(opening.text)) ? [] : [opening];
}
