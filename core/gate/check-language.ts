// The picks of an issue -> those that its readers would get in another language than their letter; pure.
import { inEdition } from '../editions/in-edition.ts';
import type { IssueContent } from '../store/issue-content.ts';
import { isWordsLang, languageName } from '../words-langs.ts';
import type { GateFacts } from './gate-facts.ts';
import { ok, type Verdict } from './verdict.ts';
import { plural } from '../plural.ts';

/** Amber: picks in another language than the issue, and of each edition those that neither are in its language nor have a text in it. */
export function checkLanguage({ content, lang: own }: GateFacts): Verdict {
  const langs = Object.keys(content.editions ?? {}).filter((lang) => lang !== own);
  const strange = [own, ...langs]
    .map((lang) => ({ lang, about: strangers(inEdition(content, { lang, own }), lang) }))
    .filter(({ about }) => about.length > 0);
  if (strange.length === 0)
    return ok(`Every pick is in ${new Intl.ListFormat('en').format([own, ...langs].map(nameOf))}`);
  const says = strange.map(({ lang, about }) => `${plural(about.length, 'pick is', 'picks are')} not in ${nameOf(lang)}${lang === own ? '' : ', the language of its edition'}`); // prettier-ignore
  const about = strange.flatMap((one) => one.about);
  // What a translation would put right leads to the edition; with several, to the first.
  const ofEditions = strange.filter(({ lang }) => lang !== own);
  const editionOf = new Map(ofEditions.toReversed().flatMap((one) => one.about.map((storyId) => [storyId, one.lang])));
  return {
    level: 'amber',
    says: says.join('; '),
    about,
    langs: editionOf,
    ...(ofEditions[0] && { lang: ofEditions[0].lang }),
  };
}

function strangers({ cards }: IssueContent, lang: string): number[] {
  return cards.filter((card) => card.role === 'pick' && card.lang !== lang).map(({ storyId }) => storyId);
}

function nameOf(lang: string): string {
  return isWordsLang(lang) ? languageName(lang) : lang;
}
