// A web page that lies in a folder -> what it says of itself: title, date, authors, language; pure.
import { Parser } from 'htmlparser2';
import { oneLine } from '../../../core/one-line.ts';
import { readDate } from '../dates/read-date.ts';

export interface PageHead {
  title: string | undefined;
  published: Date | null;
  updated: Date | null;
  authors: string[];
  language: string | null;
}

/** Nobody has a longer head, and a heading stands soon behind it. */
const maxHead = 300_000;
const publishedNames = 'article:published_time datepublished dcterms.created dcterms.issued dc.date.issued dc.date date pubdate publishdate'; // prettier-ignore
const updatedNames = 'article:modified_time og:updated_time datemodified dcterms.modified last-modified revised';

/** Reads `<title>` (else `og:title`, else the first `<h1>`), `<meta>` and the `lang` of a page; what an SVG within calls itself is not the page's. */
export function readPageHead(html: string): PageHead {
  const meta = new Map<string, string[]>();
  const words = { title: '', h1: '' };
  let language: string | null = null;
  let inside: keyof typeof words | undefined;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, { lang, content, ...attributes }) {
      if (name === 'html' && lang) language = lang;
      if (name === 'svg') depth++;
      if (name === 'meta' && content) {
        const said = (attributes['name'] ?? attributes['property'] ?? attributes['itemprop'] ?? '').toLowerCase();
        meta.set(said, [...(meta.get(said) ?? []), oneLine(content)]);
      }
      if (depth === 0 && (name === 'title' || name === 'h1') && words[name] === '') inside = name;
    },
    ontext: (text) => void (inside && (words[inside] += text)),
    onclosetag(name) {
      if (name === 'svg') depth--;
      if (name === inside) inside = undefined;
    },
  });
  parser.end(html.slice(0, maxHead));
  const first = (names: string) => names.split(' ').flatMap((name) => meta.get(name) ?? []).map(readDate).find((date) => date); // prettier-ignore
  return {
    title: [words.title, meta.get('og:title')?.[0] ?? '', words.h1].map(oneLine).find((title) => title !== ''),
    published: first(publishedNames) ?? null,
    updated: first(updatedNames) ?? null,
    authors: meta.get('author') ?? meta.get('dc.creator') ?? meta.get('dcterms.creator') ?? [],
    language,
  };
}
