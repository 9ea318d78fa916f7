import { describe, expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { parseArxiv } from '../../../workers/ingest/arxiv.ts';

const address = 'https://export.arxiv.org/api/query?search_query=cat:cs.CL';

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
  <arxiv:doi>10.1000/XYZ</arxiv:doi></entry>`;

describe('an answer of the API', () => {
  test('gives papers whose id has no version, with texts decoded once and on one line', async () => {
    const { items } = await parseArxiv(answer(paper), address);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: '2101.00001',
      title: 'A title over two lines',
      authors: ['Ada One', 'Bo Two'],
      published: new Date('2021-01-01T00:00:00Z'),
    });
    // The content is HTML by now, so what was a sign is an entity again, and nothing is decoded twice.
    expect(items[0]!.content).toContain('A network');
    expect(items[0]!.content).not.toContain('&amp;#39;');
    expect(items[0]!.content).toContain('&lt; $\\epsilon$, &amp;c.');
  });

  test('that refuses the query says so in its own words', async () => {
    const refusal =
      '<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>';
    await expect(parseArxiv(answer(refusal), address)).rejects.toThrow(
      new PermanentError('arXiv refuses the query: bad id; correct the address'),
    );
  });

  test('that announces results and sends none is asked again later', async () => {
    await expect(parseArxiv(answer('', 25), address)).rejects.toThrow(TemporaryError);
  });

  test('with nothing to announce is a quiet day, not a failure', async () => {
    expect((await parseArxiv(answer('', 0), address)).items).toEqual([]);
  });
});
