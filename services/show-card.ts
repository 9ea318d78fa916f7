// A card of an issue -> what `templates/pages/card.liquid` shows of it.
import { shortAuthors } from '../core/short-authors.ts';
import { itemKindNames } from '../core/item-kinds.ts';
import { safeHref } from '../core/letter.ts';
import type { Card } from '../core/store/issue-content.ts';
import { summaryText } from '../core/summary-text.ts';
import { mathHtml } from './math-html.ts';

/** The parts of a card's meta line and its links, made safe; counts come with words. */
export function showCard(card: Card) {
  const sources = card.also.length + 1;
  return {
    id: card.storyId,
    number: card.number,
    title: card.title,
    url: safeHref(card.url),
    lang: card.lang,
    kind: itemKindNames[card.kind],
    source: card.source,
    authors: shortAuthors(card.authors),
    topic: card.topic,
    minutes: card.minutes,
    marks: card.marks ?? [],
    also: card.also.map(({ label, url }) => ({ label, url: safeHref(url) })),
    summary: summaryText(card),
    note: card.note ?? null,
    // The same with formulas, for pages; null where there are none.
    math: card.tex
      ? { title: mathHtml(card.tex.title), summary: mathHtml(summaryText({ ...card, summary: card.tex.summary })) }
      : null,
    sources: sources === 1 ? null : `${sources} sources`,
  };
}

/** The cards of an issue under their sections, in order. */
export function showSections({ sections, cards }: { sections: { key: string; name: string }[]; cards: Card[] }) {
  return sections.map(({ key, name }) => ({
    key,
    name,
    cards: cards.filter((card) => card.section === key).map(showCard),
  }));
}
