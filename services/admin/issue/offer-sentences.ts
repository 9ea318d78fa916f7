// The items of a story -> the sentences a curator may choose for its summary, each once, under the item that says it first.
import type { Queryable } from '../../../core/db.ts';
import { itemKindTitles } from '../../../core/item-kinds.ts';
import { quotableItems } from '../../../core/store/quotable-items.ts';
import { texToText } from '../../../core/tex/tex-to-text.ts';
import { quotableSentences } from '../../../core/text/place-sentences.ts';

/** Of an item as many sentences are offered; a talk has thousands. */
const mostOfItem = 16;
/** A page has at most 250 controls, of which the list takes some 120. */
const mostOffered = 40;

/** The first sentences of each item, under its name, without those that the summary has; an item that adds nothing is left out. */
export async function offerSentences(db: Queryable, storyId: number, summary: readonly { text: string }[]) {
  const items = await quotableItems(db, storyId);
  const share = Math.max(4, Math.min(mostOfItem, Math.floor(mostOffered / Math.max(1, items.length))));
  // The lists of a paper, and the pages about it, carry one abstract between them.
  const taken = new Set(summary.map(({ text }) => text));
  const offered = items.slice(0, Math.ceil(mostOffered / share)).map((item) => {
    const all = quotableSentences([item]);
    // Pages of papers end with their abstract in Chinese: what is not in the letters of the rest is no sentence for its readers.
    const isLatinText = isLatin(all.map(({ text }) => text).join(' '));
    const sentences = all.filter(({ text }) => !taken.has(text) && (!isLatinText || isLatin(text)));
    const first = sentences.slice(0, share);
    for (const { text } of first) taken.add(text);
    return {
      kind: itemKindTitles[item.kind],
      title: texToText(item.title),
      lang: item.lang,
      sentences: first.map(({ text, itemId, segment, start, end }) => ({ text, ref: [itemId, segment, start, end].join('.') })), // prettier-ignore
    };
  });
  return offered.filter(({ sentences }) => sentences.length > 0);
}

function isLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length === 0 || letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length * 2 > letters.length; // prettier-ignore
}
