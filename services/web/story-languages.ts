// The page of a story -> what an edition says of it and of those beside it, and where it is read in other languages.
import { editionBadge } from '../../core/editions/in-edition.ts';
import type { House } from '../../core/house.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { langNames, type WordsLang } from '../../core/words-langs.ts';
import { mathHtml } from '../math-html.ts';
import { inLang, languagesOf, saidIn, textsOfStories } from './edition-texts.ts';

interface StoryPage {
  id: number;
  /** Its address. */
  address: string;
  /** The stories it leads to. */
  beside: readonly { id: number; title: string; lang: string }[];
  words: Words;
  /** Whether the address asks for the language, and not the browser. */
  isAsked: boolean;
}

/** What it shows; one that no edition has is in its own language alone, and names no other. */
export async function storyInLanguages({ db, config }: House, { id, address, beside, words, isAsked }: StoryPage) {
  const { lang } = words;
  const own = config.SITE_LANGUAGE;
  const texts = await textsOfStories(db, [id, ...beside.map((one) => one.id)], lang);
  const text = texts.byStory.get(id);
  const alternates = languagesOf(address, texts.langsOf.get(id) ?? [], own);
  const shown: WordsLang = text ? lang : own;
  return {
    said: text
      ? {
          title: mathHtml(text.title!),
          plainTitle: texToText(text.title!),
          summary: text.summary === undefined ? null : mathHtml(text.summary),
          badge: editionBadge(text, words),
        }
      : null,
    canonical: isAsked && alternates.some(({ hreflang }) => hreflang === lang) ? inLang(address, lang) : address,
    alternates,
    languages: alternates
      .filter(({ hreflang }) => hreflang !== 'x-default' && hreflang !== shown)
      .map(({ hreflang, href }) => ({ lang: hreflang, href, name: langNames[hreflang as WordsLang] })),
    near: beside.map((one) => {
      const said = saidIn({ ...one, text: '' }, one.id, texts);
      return { id: one.id, lang: said.lang, title: mathHtml(said.title) };
    }),
  };
}
