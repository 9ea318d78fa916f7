// A card of an issue -> what `templates/pages/card.liquid` shows of it.
import { shortAuthors } from '../core/letter/short-authors.ts';
import { editionBadge } from '../core/editions/in-edition.ts';
import { alsoLabel, markWords } from '../core/letter/card-words.ts';
import { safeHref } from '../core/letter/safe-href.ts';
import type { Card } from '../core/store/issue-content.ts';
import { sectionName } from '../core/section-name.ts';
import { summaryText } from '../core/letter/summary-text.ts';
import { english, type Words } from '../core/words.ts';
import { mathHtml } from './math-html.ts';

/** The parts of a card's meta line and its links, made safe; counts come with words. */
export function showCard(card: Card, words: Words = english) {
  const sources = card.also.length + 1;
  return {
    id: card.storyId,
    number: card.number,
    title: card.title,
    url: safeHref(card.url),
    lang: card.lang,
    kind: words.say(`kind.${card.kind}`),
    source: card.source,
    authors: shortAuthors(card.authors, words),
    topic: card.topic,
    minutes: card.minutes,
    marks: (card.marks ?? []).map((mark) => markWords(mark, words)),
    also: card.also.map(({ label, url }) => ({ label: alsoLabel(label, words), url: safeHref(url) })),
    summary: summaryText(card, words),
    note: card.note ?? null,
    noteLang: card.noteLang ?? null,
    // Who said it in the language of an edition.
    badge: card.saidBy ? editionBadge(card.saidBy, words) : null,
    // The same with formulas, for pages; null where there are none.
    math: card.tex
      ? {
          title: mathHtml(card.tex.title),
          summary: mathHtml(summaryText({ ...card, summary: card.tex.summary }, words)),
        }
      : null,
    // Of one nothing is said: it stands beside it.
    sources: sources === 1 ? null : words.say('card.sources', { n: sources }),
    sourceCount: sources,
  };
}

/** The cards of an issue under their sections, in order. */
export function showSections(
  { sections, cards }: { sections: { key: string; name: string }[]; cards: Card[] },
  words: Words = english,
) {
  return sections.map((section) => ({
    key: section.key,
    name: sectionName(section, words),
    cards: cards.filter((card) => card.section === section.key).map((card) => showCard(card, words)),
  }));
}
