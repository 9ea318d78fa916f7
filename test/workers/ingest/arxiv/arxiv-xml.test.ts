// arXiv's responses as values: whole or an error, and nothing of them grows beyond what was sent.
import { expect, test } from 'vitest';
import { PermanentError } from '../../../../core/errors.ts';
import { readArxivXml } from '../../../../workers/ingest/arxiv/arxiv-xml.ts';

test.each<[string, string, object]>([
  ['text is trimmed, references and CDATA are read once', '<a><b> x &amp;lt; &#39;y&#39; <![CDATA[<z> &amp;]]> </b></a>', { a: { b: "x &lt; 'y' <z> &amp;" } }],
  ['lists are lists, also of one', '<feed><entry><id>1</id></entry></feed>', { feed: { entry: [{ id: '1' }] } }],
  ['of attributes only the name of a category stays', '<e><category term="cs.CL" scheme="x"/><link href="y"/></e>', { e: { category: [{ term: 'cs.CL' }], link: '' } }],
  ['what stands twice is joined where it may, else the first with words counts', '<e><doi>a</doi><doi>b</doi><title> </title><title>One</title><title>Two</title></e>', { e: { doi: 'a b', title: 'One' } }],
  ['names keep prefix and case', '<r><arxiv:DOI>10.1/x</arxiv:DOI></r>', { r: { 'arxiv:DOI': '10.1/x' } }],
  ['comments and declarations are none of it', '<?xml version="1.0"?><!-- <a> --><r>x</r>', { r: 'x' }],
])('%s', (_name, text, want) => {
  expect(readArxivXml(text)).toEqual(want);
}); // prettier-ignore

test.each([
  ['cut off in a record', '<feed><entry><id>1</id>'],
  ['cut off in a tag', '<feed><entry></entry></fee'],
  ['with an end too many', '<feed></entry></feed>'],
  ['with ends that cross', '<feed><a><b></a></b></feed>'],
])('XML %s is an error: half a list is never taken for the whole', (_name, text) => {
  expect(() => readArxivXml(text)).toThrow(PermanentError);
});

test('an entity that names itself many times stays small, and no name reaches the prototype', () => {
  const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('');
  const read = readArxivXml(`<!DOCTYPE r [<!ENTITY a0 "ha">${laughs}]><r>&a30;</r>`) as { r: string };
  expect(read.r.length).toBeLessThan(2_000_000);
  expect((readArxivXml('<r><__proto__><x>1</x></__proto__></r>') as { r: { x?: string } }).r.x).toBeUndefined();
});
