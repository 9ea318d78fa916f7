// An arXiv DemoSource -> what export.arxiv.org/api/query answers; pure.
import { createHash } from 'node:crypto';
import { dateOf, isoSeconds, newestDate, newestFirst } from './demo-dates.ts';
import type { DemoItem, DemoSource } from './demo-source.ts';
import { each, escapeXml } from './xml.ts';

/** Atom as the API wrote it in 2026: a version behind every id, https links, authors after the categories. */
export function renderArxiv(source: DemoSource, now: Date): string {
  const entries = newestFirst(source).map((item) => renderEntry(item, now));
  const category = /[a-z-]+\.[A-Z]{2}/.exec(source.home)?.[0] ?? source.slug;
  const query = `search_query=cat:${category}&id_list=&start=0&max_results=100`;
  const queryId = createHash('sha256').update(query).digest('base64').slice(0, 27);
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/${escapeXml(queryId)}</id>
  <title>arXiv Query: ${escapeXml(query)}</title>
  <updated>${isoSeconds(newestDate(source, now))}</updated>
  <link href="https://arxiv.org/api/query?${escapeXml(query)}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>
  <opensearch:totalResults>${source.items.length}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
${entries.join('')}</feed>
`;
}

function renderEntry(item: DemoItem, now: Date): string {
  const id = escapeXml(`${item.id}v${item.version ?? 1}`);
  const date = isoSeconds(dateOf(item, now));
  const terms = item.categories ?? ['cs.LG'];
  return `  <entry>
    <id>http://arxiv.org/abs/${id}</id>
    <title>${escapeXml(item.title)}</title>
    <updated>${date}</updated>
    <link href="https://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${id}" rel="related" type="application/pdf" title="pdf"/>
    <summary>${escapeXml(item.text)}</summary>
${each(terms, (term) => `    <category term="${term}" scheme="http://arxiv.org/schemas/atom"/>\n`)}\
    <published>${date}</published>
${each(terms.slice(0, 1), (term) => `    <arxiv:primary_category term="${term}"/>\n`)}\
${each(item.authors, (name) => `    <author>\n      <name>${name}</name>\n    </author>\n`)}\
  </entry>
`;
}
