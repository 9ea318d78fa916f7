// axe-core without a browser: what it finds in a letter and in a page, and what it leaves alone.
import { expect, test } from 'vitest';
import { askAxe } from '../../../core/gate/ask-axe.ts';

const page = (inner: string, head = '<title>Bees</title>'): string =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${inner}</body></html>`;
const well = page('<h1>Bees</h1><p><a href="https://x.example/">They count</a> <img src="a.png" alt="A bee"></p>');

test('a letter and a page that are well have no faults', async () => {
  expect(await askAxe({ letter: well, page: well })).toEqual([]);
});

test.each([
  ['image-alt', page('<h1>Bees</h1><img src="https://x.example/a.png">')],
  ['link-name', page('<h1>Bees</h1><a href="https://x.example/"></a>')],
  ['heading-order', page('<h1>Bees</h1><h4>They count</h4>')],
  ['list', page('<h1>Bees</h1><ul><p>They count</p></ul>')],
  ['html-has-lang', well.replace(' lang="en"', '')],
  ['document-title', page('<h1>Bees</h1>', '')],
])('%s is told with where it is and how often', async (rule, broken) => {
  expect(await askAxe({ letter: well, page: broken })).toMatchObject([{ where: 'page', rule, count: 1 }]);
  expect(await askAxe({ letter: broken, page: well })).toMatchObject([{ where: 'letter', rule, count: 1 }]);
});

test('no script runs, and nothing is loaded', async () => {
  const hostile = page(`<h1>Bees</h1><script>document.body.innerHTML = '<img src=x>';</script><iframe title="x" src="http://127.0.0.1:9/"></iframe>`); // prettier-ignore
  expect(await askAxe({ letter: hostile, page: well })).toEqual([]);
});
