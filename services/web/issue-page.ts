// An issue -> its page: the lead, the picks, of each section the best as cards and the rest as one line each; pure.
import { leadOf } from '../../core/letter/letter.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { sectionName } from '../../core/section-name.ts';
import { english, type Words } from '../../core/words.ts';
import { showCard } from '../show-card.ts';

const cardsOfSection = 3;

/** Where each story stands. A story is on the page once, and keeps the number it has in the letter and in the archive. */
export function layOutIssue(
  { sections, cards, lead: chosen }: Pick<IssueContent, 'sections' | 'cards' | 'lead'>,
  words: Words = english,
) {
  const show = (card: Card) => showCard(card, words);
  const lead = leadOf({ cards, lead: chosen }) ?? cards[0];
  const others = cards.filter((card) => card.role === 'pick' && card !== lead);
  const shown = new Set<Card | undefined>([lead, ...others]);
  const rest = sections.map((section) => {
    const { key } = section;
    const own = cards.filter((card) => card.section === key && !shown.has(card));
    return {
      key,
      name: sectionName(section, words),
      count: own.length,
      cards: own.slice(0, cardsOfSection).map(show),
      lines: own.slice(cardsOfSection).map(show),
    };
  });
  return {
    lead: lead && { ...show(lead), label: [words.say('issue.lead'), lead.topic].filter(Boolean).join(' · ') },
    picks: others.map(show),
    sections: rest.filter(({ count }) => count > 0),
    references: cards.map(showReference).toSorted((a, b) => a.number - b.number),
  };
}

/** A story as a list of references names it, under its number in the issue. */
function showReference({ storyId: id, number, title, lang, authors, source, url }: Card) {
  const href = safeHref(url);
  return { id, number, title, lang, authors: authors.join(', '), source, url: href, address: href?.replace(/^https?:\/\/(?:www\.)?/, '') }; // prettier-ignore
}
