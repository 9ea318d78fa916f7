// Stories x a language -> what an edition says of each, for pages and feeds that are of no issue.
import type { Queryable } from '../../core/db.ts';
import type { EditionText } from '../../core/store/edition-texts.ts';
import { storiesInEditions } from '../../core/store/published-editions.ts';
import { isWordsLang, type WordsLang } from '../../core/words-langs.ts';

export interface StoryTexts {
  lang: WordsLang;
  /** In this language; a story nobody said in it is left out. */
  byStory: ReadonlyMap<number, EditionText>;
  /** The languages that a story's issue stands in beside the publication's. */
  langsOf: ReadonlyMap<number, WordsLang[]>;
}

/** Looks them up. */
export async function textsOfStories(db: Queryable, storyIds: readonly number[], lang: WordsLang): Promise<StoryTexts> {
  const found = storyIds.length === 0 ? [] : await storiesInEditions(db, storyIds, lang);
  // A note alone says nothing of a story, which is in this language anyway then.
  const said = found.flatMap(({ storyId, text }) => (text?.title === undefined ? [] : [[storyId, text] as const]));
  const langs = found.map(({ storyId, editionLangs }) => [storyId, editionLangs.filter(isWordsLang)] as const);
  return { lang, byStory: new Map(said), langsOf: new Map(langs) };
}

interface Row {
  title: string;
  lang: string;
  text: string;
}

/** A row of a list as an edition says it; one that nobody said stays as it is, in its own language. */
export function saidIn<Listed extends Row>(row: Listed, storyId: number, { byStory, lang }: StoryTexts): Listed {
  const text = byStory.get(storyId);
  return text ? { ...row, lang, title: text.title!, text: text.summary ?? '' } : row;
}

/** The addresses of a page in each language it is read in (hreflang), itself among them; none where nothing of it was said in another. */
export function languagesOf(
  address: string,
  langs: readonly WordsLang[],
  own: WordsLang,
): { hreflang: string; href: string }[] {
  // prettier-ignore
  const all = [...new Set([own, ...langs])];
  if (all.length === 1) return [];
  return [
    { hreflang: 'x-default', href: address },
    ...all.map((lang) => ({ hreflang: lang, href: inLang(address, lang) })),
  ];
}

/** The address that answers in this language, whatever the browser asks for. */
export function inLang(address: string, lang: WordsLang): string {
  return `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`;
}
