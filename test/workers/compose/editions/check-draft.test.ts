// What a machine draft keeps of its original, as tables: numbers, formulas, names, quotes, addresses.
import { expect, test } from 'vitest';
import { introSource } from '../../../../core/letter/intro.ts';
import { checkDraft } from '../../../../workers/compose/editions/check-draft.ts';
import { numbersIn } from '../../../../workers/compose/editions/numbers-in.ts';
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
  expect(numbersIn(text)).toEqual(figures);
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

const linked =
  'Read [our archive](https://news.example/a_(b)) and [the *map*](https://map.example), or \\[this\\](that).';
const checkIntro = (said: string, source = linked) =>
  checkDraft([{ field: 'intro', source, marked: keepMarks(source), said }]);

test.each([
  'Lesen Sie [unser Archiv]([[1]])) und [die *Karte*]([[2]]), oder \\[dies\\](das).',
  'Lesen Sie [die *Karte*]( [[2]] ) und [unser Archiv]([[1]])), oder \\[dies\\](das).',
])('an intro with the links of the original, wherever they stand: %s', (said) => {
  expect(keepMarks(linked).kept).toEqual(['https://news.example/a_(b', 'https://map.example']);
  expect(checkIntro(said).refused).toBeNull();
});

test.each([
  ['another scheme’s spelling', '[Archiv](HTTPS://evil.example/) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['a scheme without slashes', '[Archiv](http:evil.example/) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['a scheme that is escaped', '[Archiv](http\\:evil.example/) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['a scheme of entities', '[Archiv](htt&#x70;&colon;evil.example/) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['no scheme', '[Archiv](//evil.example/) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['no address', '[Archiv](evil.example) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['a mail', '[Archiv](MAILTO:a@evil.example) [[1]]) und [Karte]([[2]]), oder \\[dies\\](das).'],
  ['a longer address', '[Archiv]([[1]]).evil.example) und [Karte]([[2]].evil.example), oder \\[dies\\](das).'],
  ['a name before it', '[Archiv]([[1]])) und [Karte](https:@evil.example[[2]]), oder \\[dies\\](das).'],
  ['what was no link', '[Archiv]([[1]])) und [Karte]([[2]]), oder [dies](http:that).'],
  ['a reference', '[Archiv]([[1]])) und [Karte][x] [[2]], oder \\[dies\\](das).\n\n[x]: http:evil.example'],
  ['an address in angles', '[Archiv]([[1]])) und [Karte]([[2]]), oder <http:evil.example> \\[dies\\](das).'],
  ['an address alone', '[Archiv]([[1]])) und [Karte]([[2]]), oder Https://evil.example \\[dies\\](das).'],
  ['a link as words', '[Archiv]([[1]])) und Karte \\[x\\]([[2]]), oder \\[dies\\](das).'],
])('an intro whose link has become %s is left out', (_what, said) => {
  const checked = checkIntro(said);
  expect(checked.words).toBeNull();
  expect(checked.refused).toMatch(/^The intro has (?!a mark)/);
}); // prettier-ignore

test('a word of a plain intro that looks like a link becomes none', () => {
  const source = introSource({ intro: 'See [a](http:b) and more.' });
  expect(checkIntro('Siehe [a](http:b) und mehr.', source).refused).toBe(
    'The intro has other links than the original.',
  );
  expect(checkIntro('Siehe \\[a\\](http:b) und mehr.', source).refused).toBeNull();
});

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
