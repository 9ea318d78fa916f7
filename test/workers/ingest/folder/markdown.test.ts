// Markdown as people write it, and as an attacker does: the work grows with the length, whatever stands there.
import { expect, test } from 'vitest';
import { readMarkdown } from '../../../../workers/ingest/folder/markdown.ts';
import { cpuMs, honestFeeds } from '../cpu-time.ts';

test.each([
  '*',
  '_',
  '__a',
  '*a',
  '**_a',
  '[',
  '![',
  '!',
  '<',
  '~~a ',
  '> ',
  '\n- ',
  '|a|b|\n|-|-|\n',
  '@a',
  '(',
  '<!--',
])('60,000 characters of %j take no longer than a large feed and lose no word', async (unit) => {
  let html = '';
  const text = `first ${unit.repeat(60_000 / unit.length)} last`;
  const ms = await cpuMs(async () => void ({ html } = readMarkdown(text)));
  expect(await honestFeeds(ms, 2)).toBeLessThan(2);
  expect(html).toContain('first');
  expect(html).toContain('last');
});

test('tables, struck words and bare addresses are known, pictures stay out', () => {
  const { html, heading } = readMarkdown(
    '# Ice *and* `Vec<T>` &amp; Vec<T>\n\n~~no~~ https://a.example/x_y_z ![p](p.png)\n\n|a|\n|-|\n|1|',
  );
  expect(heading).toBe('Ice and Vec<T> & Vec<T>');
  for (const part of ['<s>no</s>', '<a href="https://a.example/x_y_z">', '<td>1</td>']) expect(html).toContain(part);
  expect(html).not.toContain('<img');
});
