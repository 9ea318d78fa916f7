// Sentences somebody put together at the desk, and the texts of a story -> where each stands, or that it stands nowhere; pure.
import type { KeptSentence, SummarySentence } from '../store/summaries.ts';
import { quoteSentences, type SourceText } from './quote-sentences.ts';

/** An item of a story with its own text (segment 0) and the stretches of its transcript. */
export interface QuotableItem {
  id: number;
  lang: string;
  texts: readonly SourceText[];
}

/** Every whole sentence of the items, in order, as a summary may quote it. */
export function quotableSentences(items: readonly QuotableItem[]): SummarySentence[] {
  return items.flatMap(({ id, lang, texts }) =>
    texts.flatMap((text) =>
      quoteSentences(text, lang).map((quote) => ({ ...quote, itemId: id, by: 'source' as const })),
    ),
  );
}

interface Placing {
  /** The summary as it was: what nobody changed stays what it is. */
  known: readonly KeptSentence[];
  quotable: readonly SummarySentence[];
  writer: string;
  /** Whether the writer says that what stands in no source is the editor's. */
  isOwn: boolean;
}

/** Each text as it was before, else as the first sentence of a source with these words, else as typed. */
export function placeSentences(texts: readonly string[], { known, quotable, writer, isOwn }: Placing): KeptSentence[] {
  return texts.map((text) => {
    const kept = known.find((one) => one.text === text);
    const quoted = quotable.find((one) => one.text === text || one.quote === text);
    // What the editor takes on: what was typed, and what was quoted from a source that says it no more.
    const isTakenOn =
      isOwn && quoted === undefined && (kept === undefined || kept.by === 'desk' || kept.by === 'source');
    return isTakenOn ? { text, by: 'editor', writer } : (kept ?? quoted ?? { text, by: 'desk', writer });
  });
}
