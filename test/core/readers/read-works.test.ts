// What people bring: forms told apart, entries that are broken left out alone, numbers in one spelling, and no text that holds a thread up.
import { describe, expect, test } from 'vitest';
import { readWorks } from '../../../core/readers/read-works.ts';
import type { WorksRead } from '../../../core/readers/works.ts';

function read(text: string): WorksRead {
  const answer = readWorks(text);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.read;
}
const shown = ({ works }: WorksRead) => works.map(({ title, keys }) => [title, ...keys]);

test('BibTeX: titles without braces and commands, numbers from eprint, DOI and address', () => {
  const found = read(String.raw`% exported
@string{neur = "NeurIPS"}
@inproceedings{a, title = {Attention {I}s All You Need \& More}, booktitle = neur, eprint = {1706.03762}, archivePrefix = {arXiv}, abstract = {We propose.}}
@article{b, title = "M{\"u}ller on speech", doi = {10.1000/ABC.1}}
@comment{jabref-meta: x}
@misc{c, title={Third}, url={https://arxiv.org/pdf/2312.00752v2}}`);
  expect([found.form, found.refused]).toEqual(['bibtex', []]);
  expect(shown(found)).toEqual([
    ['Attention Is All You Need & More', 'arxiv:1706.03762'],
    ['Müller on speech', 'doi:10.1000/abc.1'],
    ['Third', 'arxiv:2312.00752'],
  ]);
  expect(found.works[0]!.text).toBe('We propose.');
});

test('a broken entry costs no other, and is named', () => {
  const found = read('@article{a, title={Good one}}\n@article{b, title={No end\n@article{c, title={Good two}}');
  expect([shown(found), found.refused]).toEqual([[['Good one'], ['Good two']], ['@article{b, title={No end']]);
});

test('an entry with three thousand authors is read, and one that is a book by itself is named', () => {
  const authors = Array.from({ length: 3_000 }, (_, at) => `Author${at}, A.`).join(' and ');
  const entry = (title: string, note: string): string =>
    `@article{a, title={${title}}, author={${authors}}, note={${note}}}`;
  const { works, refused } = read(
    `${entry('A search for dark photons', '')}\n${entry('Too long', 'x'.repeat(100_000))}`,
  );
  expect(works.map(({ title }) => title)).toEqual(['A search for dark photons']);
  expect(refused).toEqual(['@article{a, title={Too long}, author={Author0,…']);
});

test('RIS, CSL-JSON and Zotero’s own JSON', () => {
  const ris =
    'TY  - JOUR\r\nTI  - Mamba\r\nDO  - 10.48550/arXiv.2312.00752\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - Weaving\r\nER  - \r\n';
  expect(shown(read(ris))).toEqual([['Mamba', 'arxiv:2312.00752'], ['Weaving']]);
  const csl = [
    { type: 'article', title: 'Mamba', DOI: 'https://doi.org/10.48550/arXiv.2312.00752' },
    { title: 7 },
    null,
  ];
  expect(shown(read(JSON.stringify(csl)))).toEqual([['Mamba', 'arxiv:2312.00752']]);
  expect(read(JSON.stringify(csl)).refused).toEqual(['{"title":7}', 'null']);
  const zotero = { items: [{ data: { title: 'Weaving', abstractNote: 'Of cloth.', extra: 'arXiv: 2401.00001' } }] };
  expect(read(JSON.stringify(zotero)).works).toEqual([
    { title: 'Weaving', text: 'Of cloth.', keys: ['arxiv:2401.00001'] },
  ]);
});

test('numbers and addresses in lines or behind commas, once each', () => {
  const found = read(
    '1706.03762v3\narXiv:2312.00752, https://arxiv.org/abs/1706.03762\n10.1000/182\nhep-th/9901001\nno number',
  );
  expect(shown(found).map(([, key]) => key)).toEqual(['arxiv:1706.03762', 'arxiv:2312.00752', 'doi:10.1000/182', 'arxiv:hep-th/9901001']); // prettier-ignore
  expect([found.form, found.refused]).toEqual(['list', ['no number']]);
});

test('a DOI of arXiv is its number, however it is written and whatever stands around it', () => {
  const ways = ['10.48550/arXiv.1706.03762', 'doi:10.48550/ARXIV.1706.03762v5', 'DOI 10.48550/arXiv.1706.03762', 'https://doi.org/10.48550/arXiv.1706.03762', 'doi.org/10.48550/arxiv.1706.03762', 'Attention is all you need (10.48550/arXiv.1706.03762)', '10.48550/arXiv.1706.03762 Attention is all you need.']; // prettier-ignore
  for (const way of ways) expect([way, shown(read(`${way}\n2312.00752`))]).toEqual([way, [['', 'arxiv:1706.03762'], ['', 'arxiv:2312.00752']]]); // prettier-ignore
  expect(shown(read('10.48550/arXiv.1706.03762 10.48550/arXiv.2312.00752; 10.1000/182'))).toEqual([['', 'arxiv:1706.03762'], ['', 'arxiv:2312.00752'], ['', 'doi:10.1000/182']]); // prettier-ignore
  expect(shown(read('@misc{a, title={Mamba}, doi={https://doi.org/10.48550/arXiv.2312.00752}}'))).toEqual([['Mamba', 'arxiv:2312.00752']]); // prettier-ignore
});

test('a line without a number is a name, and an OPML is feeds', () => {
  expect(read(' Ashish  Vaswani ')).toMatchObject({ form: 'name', name: 'Ashish Vaswani', works: [] });
  const opml = '<opml version="2.0"><body><outline text="Notes" xmlUrl="https://notes.example/feed"/></body></opml>';
  expect(read(opml)).toMatchObject({ form: 'opml', feeds: ['https://notes.example/feed'] });
});

test.each(['{"title": ', '<opml><bo', '[1, 2'])('%s is refused in words', (text) => {
  expect(readWorks(text)).toHaveProperty('refused');
});

describe('hostile texts take time in proportion', () => {
  const size = 400_000;
  test.each([
    ['braces', `@article{a, title={${'{'.repeat(size)}`],
    ['entries', '@misc{a,title={x}}\n'.repeat(size / 19)],
    ['names', `@article{a,author={${'von '.repeat(size / 4)}}}`],
    ['eprints', `@article{a,note={${'eprint '.repeat(size / 7)}}}`],
    ['records', 'TY  - JOUR\n'.repeat(size / 11)],
    ['lines', '1706.03762\n'.repeat(size / 11)],
    ['strings', `${'@string{a="x"}\n'.repeat(size / 30)}${'@misc{a,title=a}\n'.repeat(size / 30)}`],
    ['json', '['.repeat(size)],
  ])('%s', (_, text) => {
    const answer = readWorks(text);
    expect('read' in answer ? answer.read.works.length : 0).toBeLessThanOrEqual(200);
  });
});

test('TeX and the tags of citation managers read as they are printed; what items would spell is kept beside it', () => {
  const bibtex = read(String.raw`
@book{a, title = {The {\TeX}book, {\LaTeX} and {\BibTeX{}}, {\o}re {\"O}dipus}}
@article{b, title = {On $\epsilon_\theta$-nets in {$O(n^2)$}, \emph{fast}}, abstract = {We use $\alpha$ and {\TeX} at 5\% cost}}`);
  expect(bibtex.works.map(({ title, text }) => [title, text])).toEqual([
    ['The TeXbook, LaTeX and BibTeX, øre Ödipus', ''],
    ['On ε_θ-nets in O(n²), fast', 'We use α and TeX at 5% cost'],
  ]);
  const title = String.raw`A \LaTeX{} $\beta$ of <i>E. coli</i> in H<sub>2</sub>O`;
  expect(read(JSON.stringify([{ title }])).works).toEqual([
    { title: 'A LaTeX β of E. coli in H₂O', spelled: title, text: '', keys: [] },
  ]);
  const ris = String.raw`On $\mathcal{O}(n)$ and {\TeX}`;
  expect(read(`TY  - JOUR\nTI  - ${ris}\nER  - `).works).toEqual([
    { title: 'On O(n) and TeX', spelled: ris, text: '', keys: [] },
  ]);
  // Who writes of money writes no formula.
  expect(read(JSON.stringify([{ title: 'From $5 to $6' }])).works[0]!.title).toBe('From $5 to $6');
});
