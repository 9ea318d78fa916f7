// The sentences of a card's summary -> one text, and who wrote it where that was no source; pure.
import type { Card } from '../store/issue-content.ts';
import { english, type Words } from '../words.ts';

/** The sentences in one line, as its language joins them; what a machine wrote says so wherever it is read. */
export function summaryText(
  { summary, lang, writtenBy }: Pick<Card, 'summary' | 'lang' | 'writtenBy'>,
  words: Words = english,
): string {
  const text = summary.join(lang === 'zh' || lang === 'ja' ? '' : ' ');
  return writtenBy && text !== '' ? words.say('card.machine', { text, model: writtenBy }) : text;
}
