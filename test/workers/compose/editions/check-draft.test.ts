// What a machine draft keeps of its original, as tables: numbers, formulas, names, quotes, addresses.
import { expect, test } from 'vitest';
import { checkDraft } from '../../../../workers/compose/editions/check-draft.ts';
import { figuresOf } from '../../../../workers/compose/editions/figures.ts';
import { isAllKept, keepMarks, putBack } from '../../../../workers/compose/editions/keep-marks.ts';

test.each<[string, string[]]>([
  ['It reads 1,774 papers in 98.6 s.', ['1774', '98.6']],
  ['Es liest 1.774 Aufsätze in 98,6 s.', ['1774', '98.6']],
  ['1 774 articles en 98,6 s', ['1774', '98.6']],
  ['1\u202f774 articles en 98,6 s', ['1774', '98.6']],
  ['1’774 in 98.6', ['1774', '98.6']],
  ['全 １７７４ 篇，98.6 秒', ['1774', '98.6']],
  ['1,234,567.5 and 1.234.567,5', ['1234567.5', '1234567.5']],
  ['0.125 of them', ['0.125']],
  ['GPT-4 in 2026, top-5', ['2026', '4', '5']],
  ['none', []],
  ['In 2024 128 models', ['128', '2024']],
])('the numbers of “%s”', (text, figures) => {
  expect(figuresOf(text)).toEqual(figures);
});

test.each([
  { text: 'A bound of $O(n^2)$ holds', names: [], marked: 'A bound of [[1]] holds', kept: ['$O(n^2)$'] },
  { text: 'It costs $5 or $6', names: [], marked: 'It costs $5 or $6', kept: [] },
  { text: 'See “Attention pays” by Ada', names: [], marked: 'See [[1]] by Ada', kept: ['“Attention pays”'] },
  { text: 'Attention pays is out', names: ['Attention pays'], marked: '[[1]] is out', kept: ['Attention pays'] },
  { text: '[It](https://a.example/x?y=1) is', names: [], marked: '[It]([[1]]) is', kept: ['https://a.example/x?y=1'] },
  { text: 'A [[7]] in it', names: [], marked: 'A [[1]] in it', kept: ['[[7]]'] },
  { text: 'An “open quote', names: [], marked: 'An “open quote', kept: [] },
])('what is kept of “$text”', ({ text, names, marked, kept }) => {
  expect(keepMarks(text, names)).toEqual({ text: marked, kept });
  expect(putBack(marked, kept)).toBe(text);
});

test('marks come back in any order, with blanks, and each once', () => {
  expect(putBack('[[2]] vor [[ 1 ]]', ['a', 'b'])).toBe('b vor a');
  for (const lost of ['[[1]]', '[[1]] [[1]] [[2]]', '[[1]] [[2]] [[3]]', 'nichts']) {
    expect(putBack(lost, ['a', 'b'])).toBeUndefined();
  }
  expect(isAllKept(keepMarks('“Attention pays”.'))).toBe(true);
  expect(isAllKept(keepMarks('See “Attention pays”.'))).toBe(false);
});

const original = 'It reads 1,774 papers in 98.6 s; see “Attention pays” and $O(n^2)$.';
const right = 'Es liest 1.774 Aufsätze in 98,6 s; siehe [[1]] und [[2]].';
const check = (said: string, source = original) =>
  checkDraft([{ field: 'summary', source, marked: keepMarks(source), said }]);

test('a draft that keeps all is taken, with what was kept in its position', () => {
  expect(check(right).words).toEqual({
    summary: 'Es liest 1.774 Aufsätze in 98,6 s; siehe “Attention pays” und $O(n^2)$.',
  });
});

test.each<[string, string]>([
  [right.replace('1.774', '1.747'), 'The summary lost the number 1774.'],
  [right.replace('98,6', '986'), 'The summary lost the number 98.6.'],
  [right.replace('Es', 'Es 3'), 'The summary has the number 3, which the original has not.'],
  [right.replace('[[2]]', 'O(n²)'), 'The summary lost “$O(n^2)$”.'],
  [right.replace('[[1]]', '„Aufmerksamkeit zahlt sich aus“'), 'The summary lost “Attention pays”.'.replace('“A', '““A').replace('s”', 's””')],
  [`${right}<br>`, 'The summary has HTML in it.'],
  [`${right} <img src=x onerror=alert()>`, 'The summary has HTML in it.'],
  [`${right} https://evil.example`, 'The summary has “https://” in it, which the original has not.'],
  [`${right} [hier](x)`, 'The summary has other links than the original.'],
  [right + ' und so fort'.repeat(30), 'The summary is several times as long as the original.'],
  ['', 'The summary lost “'],
  [keepMarks(original).text, 'It came back as it was sent, word for word.'],
])('left out: %s', (said, refused) => {
  const checked = check(said);
  expect(checked.words).toBeNull();
  expect(checked.refused).toContain(refused);
}); // prettier-ignore

test('one field that lost something leaves the whole section out; lines of an intro stay', () => {
  const field = (name: 'title' | 'intro', source: string, said: string) => ({ field: name, source, marked: keepMarks(source), said }); // prettier-ignore
  expect(checkDraft([field('title', 'No 7', 'Nr. 7'), field('intro', '3 papers', 'Aufsätze')]).words).toBeNull();
  expect(checkDraft([field('title', 'No 7', 'Nr. 7'), field('intro', 'One.\n\nTwo.', 'Eins.\n\nZwei.')]).words).toEqual(
    {
      title: 'Nr. 7',
      intro: 'Eins.\n\nZwei.',
    },
  );
  expect(check('\u202eEins', 'One').words).toEqual({ summary: 'Eins' });
});
