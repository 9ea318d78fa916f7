import { expect, test } from 'vitest';
import { keepPages } from '../../services/kept-pages.ts';

const tenBytes = async (): Promise<string> => '0123456789';

function counted(page: () => Promise<string> = tenBytes) {
  const made: string[] = [];
  return { made, of: (key: string) => async () => (made.push(key), page()) };
}

test('a page is made once, also by those who ask at the same time', async () => {
  const pages = keepPages(100);
  const { made, of } = counted();
  const all = await Promise.all(['a', 'a', 'a'].map((key) => pages(key, of(key))));
  expect(all.map(String)).toEqual(['0123456789', '0123456789', '0123456789']);
  await pages('a', of('a'));
  expect(made).toEqual(['a']);
});

test('above its bytes the one that was not asked for longest goes', async () => {
  const pages = keepPages(25);
  const { made, of } = counted();
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await pages(key, of(key));
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('a page larger than the store is answered and not kept', async () => {
  const pages = keepPages(5);
  const { made, of } = counted();
  expect(String(await pages('a', of('a')))).toBe('0123456789');
  await pages('a', of('a'));
  expect(made).toEqual(['a', 'a']);
});

test('what failed is made again', async () => {
  const pages = keepPages(100);
  await expect(pages('a', () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
  expect(String(await pages('a', tenBytes))).toBe('0123456789');
});
