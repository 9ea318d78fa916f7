// Issues and stories as search engines read them: JSON-LD in the words of schema.org; pure.
import type { Links } from '../../core/links.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import type { Card } from '../../core/store/issue-content.ts';
import type { StoryDetail } from '../../core/store/story-detail.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';

const types = { paper: 'ScholarlyArticle', video: 'VideoObject', post: 'BlogPosting' } as const;
const listed = 50;

/** An issue with its first fifty stories. */
export function issueData({
  title,
  date,
  url,
  cards,
  links,
}: {
  title: string;
  date: string;
  url: string;
  cards: readonly Card[];
  links: Links;
}): string {
  return asScript({
    '@type': 'PublicationIssue',
    name: title,
    url,
    datePublished: date,
    hasPart: cards
      .slice(0, listed)
      .map((card) => ({ '@type': types[card.kind], headline: card.title, url: links.story(card.storyId) })),
  });
}

/** A story by what it was first told as. */
export function storyData({ id, items, title }: StoryDetail, links: Links): string {
  const [headline] = items;
  return asScript({
    '@type': headline ? types[headline.kind] : 'Article',
    headline: texToText(title),
    url: links.story(id),
    datePublished: headline?.publishedAt.toISOString(),
    author: headline?.authors.map((name) => ({ '@type': 'Person', name })),
    isBasedOn: items.flatMap(({ url }) => safeHref(url) ?? []),
  });
}

/** Nothing in it ends the script element or begins a comment (HTML 4.12.1.3). */
function asScript(data: object): string {
  return JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');
}
