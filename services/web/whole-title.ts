// The title of an issue -> the same with each title in it that was cut for a subject given whole; pure.
import type { Card } from '../../core/store/issue-content.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';

/** What a curator wrote is left as it is, with its dots: only what stands in a title of the issue is drawn out to it. */
export function wholeTitle(title: string, cards: readonly Pick<Card, 'title'>[]): string {
  const titles = cards.map((card) => texToText(card.title));
  return title
    .split('; ')
    .map((part) => (part.endsWith('…') ? (titles.find((one) => one.includes(part.slice(0, -1))) ?? part) : part))
    .join('; ');
}
