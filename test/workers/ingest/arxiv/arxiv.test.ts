import { describe, expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../../../core/errors.ts';
import { parseArxiv } from '../../../../workers/ingest/arxiv/arxiv.ts';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { parseArxivRecords, setOfCategory } from '../../../../workers/ingest/arxiv/arxiv-oai.ts';

const door = {
  url: 'https://rss.arxiv.org/rss/cs.CL',
  language: null,
  fixedLanguage: null,
  now: new Date('2026-11-21'),
};

function answer(entries: string, total = 1): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom">
      <title>a query</title><opensearch:totalResults>${total}</opensearch:totalResults>${entries}</feed>`;
}

const paper = `<entry><id>http://arxiv.org/abs/2101.00001v3</id>
  <title>A title
    over two lines</title>
  <summary>A network&#39;s loss &lt; $\\epsilon$, &amp;c.</summary>
  <published>2021-01-01T00:00:00Z</published><updated>2021-02-01T00:00:00Z</updated>
  <author><name>Ada One</name></author><author><name>Bo Two</name></author>
  <arxiv:comment>12 pages. Code (https://github.com/Ada/Net.git), see https://ada.example/net.</arxiv:comment>
  <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><category term="stat.ML"/>
  <arxiv:doi>10.1000/XYZ</arxiv:doi></entry>`;

describe('an answer of the API', () => {
  test('gives papers whose id has no version, with texts decoded once and on one line', () => {
    const { items } = parseArxiv(answer(paper));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: '2101.00001',
      title: 'A title over two lines',
      authors: ['Ada One', 'Bo Two'],
      published: new Date('2021-01-01T00:00:00Z'),
      version: 3,
      categories: ['cs.CL', 'stat.ML'],
      keys: ['arxiv:2101.00001', 'doi:10.1000/xyz'],
    });
    // The content is HTML by now, so what was a sign is an entity again, and nothing is decoded twice.
    expect(items[0]!.content).toContain('A network');
    expect(items[0]!.content).not.toContain('&amp;#39;');
    expect(items[0]!.content).toContain('&lt; $\\epsilon$, &amp;c.');
  });

  test('has in its comment where the code is, which the item then speaks of and does not show', () => {
    const item = cleanItem(parseArxiv(answer(paper)).items[0]!, door);
    expect(item?.mentions).toEqual(['repo:github.com/ada/net', 'url:ada.example/net']);
    expect(item?.text).not.toContain('12 pages');
  });

  test('that refuses the query says so in its own words', () => {
    const refusal =
      '<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>';
    expect(() => parseArxiv(answer(refusal))).toThrow(
      new PermanentError('arXiv refuses the query: bad id; correct the address'),
    );
  });

  test('that announces results and sends none is asked again later', () => {
    expect(() => parseArxiv(answer('', 25))).toThrow(TemporaryError);
  });

  test('with nothing to announce is a quiet day, not a failure', () => {
    expect(parseArxiv(answer('', 0)).items).toEqual([]);
  });
});

describe('the daily list', () => {
  const item = (id: string, type: string) => `<item><title>Paper ${id}</title><link>https://arxiv.org/abs/${id}</link>
    <description>arXiv:${id} Announce Type: ${type}
Abstract: What it says.</description>
    <guid isPermaLink="false">oai:arXiv.org:${id}</guid><category>cs.CL</category><category>cs.LG</category>
    <pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>
    <arxiv:DOI>10.1000/A 10.1000/B</arxiv:DOI><dc:creator>Ada One, Bo Two</dc:creator></item>`;
  const list = (items: string) => `<?xml version='1.0' encoding='UTF-8'?>
    <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
    <title>cs.CL, cs.LG updates on arXiv.org</title><skipDays><day>Sunday</day><day>Saturday</day></skipDays>
    ${items}</channel></rss>`;

  test.each([
    ['new', 'new', undefined],
    ['cross', 'cross', undefined],
    ['replace', 'replace', true],
    ['replace-cross', 'replace', true],
  ])('tells %s apart: a replaced paper is a revision', (type, announced, isRevision) => {
    const [paperOfList] = parseArxiv(list(item('2611.00001v2', type))).items;
    expect(paperOfList?.isRevision).toBe(isRevision);
    expect(paperOfList).toMatchObject({
      announced,
      id: '2611.00001',
      version: 2,
      authors: ['Ada One', 'Bo Two'],
      categories: ['cs.CL', 'cs.LG'],
      content: '<p>What it says.</p>',
      keys: ['arxiv:2611.00001', 'doi:10.1000/a', 'doi:10.1000/b'],
      published: new Date('2026-11-20T05:00:00Z'),
    });
  });

  test('of a weekend has no papers and is no mistake', () => {
    expect(parseArxiv(list(''))).toMatchObject({
      title: 'cs.CL, cs.LG updates on arXiv.org',
      items: [],
      asked: { skipDays: [0, 6] },
    });
  });
});

describe('records over OAI-PMH', () => {
  const record = (id: string, created: string) => `<record><header><identifier>oai:arXiv.org:${id}</identifier>
    <datestamp>2026-11-20</datestamp></header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
    <id>${id}</id><created>${created}</created><updated>2026-11-19</updated><authors><author><keyname>One</keyname>
    <forenames>Ada</forenames><suffix>Jr.</suffix></author></authors><title>A title
      wrapped</title><categories>cs.CL hep-th</categories><comments>code: https://github.com/ada/net</comments>
    <doi>10.1000/A</doi><abstract>  What it says.
</abstract></arXiv></metadata></record>`;
  const deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:2611.9</identifier></header></record>';
  const page = (inner: string) => `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${inner}</OAI-PMH>`;

  test('are papers; what was submitted long before is a revision, what was deleted is passed over', () => {
    const records = record('2611.00001', '2026-11-18') + record('1901.00001', '2019-01-01') + deleted;
    const token = '<resumptionToken cursor="0" completeListSize="9">6511|1001</resumptionToken>';
    const read = parseArxivRecords(page(`<ListRecords>${records}${token}</ListRecords>`), {
      newSince: new Date('2026-11-10'),
    });
    expect(read.token).toBe('6511|1001');
    expect(read.items.map(({ id, isRevision }) => [id, isRevision])).toEqual([
      ['2611.00001', undefined],
      ['1901.00001', true],
    ]);
    expect(read.items[0]).toMatchObject({
      title: 'A title wrapped',
      content: '<p>What it says.</p>',
      authors: ['Ada One Jr.'],
      categories: ['cs.CL', 'hep-th'],
      keys: ['arxiv:2611.00001', 'doi:10.1000/a'],
      links: ['https://github.com/ada/net'],
      published: new Date('2026-11-18'),
    });
  });

  test('end with an empty token', () => {
    const last = `<ListRecords>${record('2611.00001', '2026-11-18')}<resumptionToken cursor="1"/></ListRecords>`;
    expect(parseArxivRecords(page(last))).toMatchObject({ items: [{}], token: undefined });
  });

  const refused = (code: string) => page(`<error code="${code}">in its words</error>`);

  test('that match nothing are none', () => {
    expect(parseArxivRecords(refused('noRecordsMatch'))).toEqual({ items: [], token: undefined });
  });

  test.each([
    [
      '<error code="badArgument">one\n thing</error><error code="badArgument">another</error>',
      PermanentError,
      /\(badArgument\): one thing; another;/,
    ],
    ['<error code="badResumptionToken">a</error><error code="badResumptionToken">b</error>', TemporaryError, /: a; b$/],
    [
      '<error code="badResumptionToken">a</error><error code="badArgument">b</error>',
      PermanentError,
      /badResumptionToken, badArgument/,
    ],
    ['<error>odd</error>', PermanentError, /no code\): odd/],
  ])('are judged by all errors of an answer: %s', (errors, kind, words) => {
    const read = () => parseArxivRecords(page(errors));
    expect(read).toThrow(kind);
    expect(read).toThrow(words);
  });

  test('that match nothing are none, whatever else is wrong with the query', () => {
    const errors = '<error code="badArgument">no such set</error><error code="noRecordsMatch"/>';
    expect(parseArxivRecords(page(errors))).toEqual({ items: [], token: undefined });
  });

  test('in which something stands twice are read, with authors and DOIs of both', () => {
    const repeating =
      '<record><metadata><arXiv><id>2611.00009</id><title>One</title><title>Two</title><comments>3 pages</comments><comments>Code: https://github.com/a/b</comments><doi>10.1/x</doi><doi>10.1/y</doi><abstract>A.</abstract></arXiv></metadata></record>';
    const { items } = parseArxivRecords(page(`<ListRecords>${repeating}</ListRecords>`));
    expect(items).toMatchObject([
      { title: 'One', links: ['https://github.com/a/b'], keys: ['arxiv:2611.00009', 'doi:10.1/x', 'doi:10.1/y'] },
    ]);
  });

  test.each([
    ['badResumptionToken', TemporaryError],
    ['badArgument', PermanentError],
  ])('refused with %s say so', (code, error) => {
    expect(() => parseArxivRecords(refused(code))).toThrow(error);
  });

  test.each([
    ['cs.CL', 'cs:cs:CL'],
    ['cs', 'cs'],
    ['stat.ML', 'stat:stat:ML'],
    ['hep-th', 'physics:hep-th'],
    ['astro-ph.GA', 'physics:astro-ph:GA'],
    ['physics.optics', 'physics:physics:optics'],
    ['physics', 'physics'],
    ['q-bio.NC', 'q-bio:q-bio:NC'],
  ])('of %s are in the set %s', (category, set) => {
    expect(setOfCategory(category)).toBe(set);
  });
});
