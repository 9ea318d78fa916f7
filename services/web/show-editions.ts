// The editions of an issue that went out -> links to the others, for its page and for its head (hreflang); pure.
import type { Links } from '../../core/links.ts';
import type { PublishedHead } from '../../core/store/published-issues.ts';
import { isWordsLang, langNames, type WordsLang } from '../../core/words-langs.ts';

/** Where the issue is read in each language; the original is for whoever has none of them (x-default), and for its own language. Nothing without an edition. */
export function alternatesOf(
  { slug, editionLangs }: Pick<PublishedHead, 'slug' | 'editionLangs'>,
  { links, own }: { links: Links; own: WordsLang },
): { hreflang: string; href: string }[] {
  const langs = editionLangs.filter(isWordsLang);
  if (langs.length === 0) return [];
  const original = links.issue(slug);
  return [
    { hreflang: 'x-default', href: original },
    ...(langs.includes(own) ? [] : [{ hreflang: own, href: original }]),
    ...langs.map((lang) => ({ hreflang: lang, href: links.edition(slug, lang) })),
  ];
}

/** What the page of one of them, `lang`, says of the others. */
export function showEditions(
  head: Pick<PublishedHead, 'slug' | 'editionLangs'>,
  { links, own, lang }: { links: Links; own: WordsLang; lang: WordsLang | undefined },
) {
  const others = head.editionLangs.filter(isWordsLang).filter((one) => one !== lang);
  return {
    alternates: alternatesOf(head, { links, own }),
    editions: [
      ...(lang === undefined ? [] : [{ lang: own, name: langNames[own], href: `/issues/${head.slug}` }]),
      ...others.map((one) => ({ lang: one, name: langNames[one], href: `/issues/${head.slug}/${one}` })),
    ],
  };
}
