// An issue -> its page: the lead, the picks, of each section the best as cards and the rest as one line each; pure.
import { leadOf } from '../../core/letter.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { showCard } from '../show-card.ts';

const cardsOfSection = 3;

/** Where each story stands. A story is on the page once, and keeps the number it has in the letter and in the archive. */
export function layOutIssue({ sections, cards, lead: chosen }: Pick<IssueContent, 'sections' | 'cards' | 'lead'>) {
  const lead = leadOf({ cards, lead: chosen }) ?? cards[0];
  const others = cards.filter((card) => card.role === 'pick' && card !== lead);
  const shown = new Set<Card | undefined>([lead, ...others]);
  const rest = sections.map(({ key, name }) => {
    const own = cards.filter((card) => card.section === key && !shown.has(card));
    return {
      key,
      name,
      count: own.length,
      cards: own.slice(0, cardsOfSection).map(showCard),
      lines: own.slice(cardsOfSection).map(showCard),
    };
  });
  return {
    lead: lead && { ...showCard(lead), label: ['The lead', lead.topic].filter(Boolean).join(' · ') },
    picks: others.map(showCard),
    sections: rest.filter(({ count }) => count > 0),
  };
}
