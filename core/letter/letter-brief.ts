// A story in brief: one line of the letter, in its own part.
import { withoutControls } from '../html-text.ts';
import type { Templates } from '../templates.ts';
import type { WordsLang } from '../words-langs.ts';
import { foldText } from './fold-text.ts';
import type { LetterCard } from './letter-data.ts';

/** What its line shows of a card. */
export type LetterBrief = Pick<
  LetterCard,
  'number' | 'title' | 'href' | 'url' | 'lang' | 'foreign' | 'meta' | 'reason'
>;

/** The name of the part that shows a story in brief. */
export function briefPart(storyId: number): string {
  return `brief:${storyId}`;
}

/** Its markup. */
export async function briefHtml(templates: Templates, brief: LetterBrief, lang: WordsLang = 'en'): Promise<string> {
  const folded = { title: foldText(brief.title), meta: foldText(brief.meta) };
  return withoutControls(await templates.mailFragment('brief', { ...brief, ...folded }, lang));
}

/** Its plain text. */
export function briefText({ number, title, meta, reason, url }: LetterBrief): string {
  return `${number}. ${title} \u00b7 ${meta}\n${reason}${url ? `${url}\n` : ''}\n`;
}
