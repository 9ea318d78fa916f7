// A web page -> the article on it, cleaned; pure, and slow enough for a thread of its own.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { cleanHtml, textOf } from '../clean/clean-html.ts';

/** Longer pages are cut: parsing takes memory many times their size. */
const maxPage = 3_000_000;

/** The article of a page as safe HTML and as text; null when there is none. `url` is where its links start from. */
export function extractArticle({ page, url }: { page: string; url: string }): { html: string; text: string } | null {
  const { document } = parseHTML(page.slice(0, maxPage));
  const article = new Readability(document, { maxElemsToParse: 50_000 }).parse();
  if (!article?.content) return null;
  const html = cleanHtml(article.content, url).slice(0, 400_000);
  const text = textOf(html).slice(0, 200_000);
  return text === '' ? null : { html, text };
}
