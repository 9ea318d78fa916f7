// "This or that?": a story as one of the two that a letter asks about, in its own part.
import type { Accent } from '../brand.ts';
import { withoutControls } from '../html-text.ts';
import type { Links } from '../links.ts';
import type { Card } from '../store/issue-content.ts';
import type { Templates } from '../templates.ts';
import { english, type Words } from '../words.ts';
import type { WordsLang } from '../words-langs.ts';
import { cardMeta } from './card-words.ts';
import { foldText } from './fold-text.ts';
import type { LetterCard } from './letter-data.ts';
import { labelled } from './letter-text.ts';

/** What the template of a story of a pair is given. */
export interface LetterChoice extends Pick<LetterCard, 'title' | 'lang' | 'foreign' | 'meta'> {
  /** The page that asks once more. */
  href: string;
  accent: Accent;
}

interface ChoiceOrigin {
  /** Of the issue. */
  slug: string;
  links: Links;
  accent: Accent;
  words?: Words | undefined;
  /** The token of the reader, or the mark of its slot. */
  token: string;
}

/** The name of the part that shows a story as one of two to choose from. */
export function choicePart(storyId: number): string {
  return `pair:${storyId}`;
}

/** The data of one of the two. */
export function choiceOf(card: Card, { slug, links, accent, words = english, token }: ChoiceOrigin): LetterChoice {
  const { title, lang, storyId } = card;
  return { title, lang, foreign: lang !== words.lang, meta: cardMeta(card, words), href: links.pair(token, slug, storyId), accent }; // prettier-ignore
}

/** Its markup. */
export async function choiceHtml(templates: Templates, choice: LetterChoice, lang: WordsLang = 'en'): Promise<string> {
  const folded = { title: foldText(choice.title), meta: foldText(choice.meta) };
  return withoutControls(await templates.mailFragment('choice', { ...choice, ...folded }, lang));
}

/** Its plain text. */
export function choiceText({ title, meta, href }: LetterChoice, words: Words = english): string {
  return `${title}\n${meta}\n${labelled(words, 'pair.rather', href)}\n\n`;
}
