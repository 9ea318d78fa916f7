// The content of an issue -> the same in another language, section by section, the others as they are; pure.
import type { Card, IssueContent } from '../store/issue-content.ts';
import type { EditionText } from '../store/edition-texts.ts';
import { texToText } from '../tex/tex-to-text.ts';
import type { Words } from '../words.ts';
import { openingId } from './edition-sections.ts';

/**
 * What letters and pages show in a language: of each section the text of its edition, where there is one. What is shown
 * in the original keeps its own language: `own`, the publication's, of an opening and of notes. A content without an
 * edition in this language stays the same object.
 */
export function inEdition(content: IssueContent, { lang, own }: { lang: string; own: string }): IssueContent {
  const texts = content.editions?.[lang];
  if (!texts) return content;
  const noteLang = own === lang ? {} : { noteLang: own };
  const opening = texts[openingId];
  const { title = content.title, preheader = content.preheader, intro } = opening ?? {};
  return {
    ...content,
    title,
    ...(preheader !== undefined && { preheader }),
    ...(intro !== undefined && { intro, introIsMarkdown: true }),
    ...(opening ? { saidBy: opening } : { openingLang: own }),
    cards: content.cards.map((card) => ({ ...(card.note && texts[card.storyId]?.note === undefined && noteLang), ...cardIn(card, { text: texts[card.storyId], lang }) })), // prettier-ignore
  };
}

/** A card as an edition says it; without a text it stays as it is. */
export function cardIn(card: Card, { text, lang }: { text: EditionText | null | undefined; lang: string }): Card {
  if (!text) return card;
  const { title, summary, note } = text;
  const { tex: _tex, ...plain } = card;
  const isSaid = title !== undefined;
  return {
    ...(isSaid ? plain : card),
    ...(isSaid && { lang, title: texToText(title), summary: summary === undefined ? [] : [texToText(summary)] }),
    ...(isSaid && texOf({ title, summary: summary ?? '' })),
    ...(note !== undefined && { note }),
    saidBy: text,
  };
}

function texOf({ title, summary }: { title: string; summary: string }): Pick<Card, 'tex'> {
  const isTex = [title, summary].some((text) => texToText(text) !== text);
  return isTex ? { tex: { title, summary: [summary] } } : {};
}

/** "machine draft", "machine translated, checked by Ada" or "translated by Ada". */
export function editionBadge(
  { by, name, checkedBy }: Pick<EditionText, 'by' | 'name' | 'checkedBy'>,
  words: Words,
): string {
  if (by === 'curator') return words.say('edition.byHand', { name });
  return checkedBy === undefined ? words.say('edition.draft') : words.say('edition.checked', { name: checkedBy });
}
