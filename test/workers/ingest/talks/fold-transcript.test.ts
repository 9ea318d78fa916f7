// English transcripts from a Chinese site read as English again; Chinese, and English that is right, stay as they are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldTranscript } from '../../../../workers/ingest/talks/fold-transcript.ts';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { blankItem } from '../../../../workers/ingest/parsed-item.ts';
import { parseFile } from '../../../../workers/ingest/folder/folder.ts';

const spoken = `# 第一课 - A lecture

Hi， everyone。 Welcome back to the second part。

 and thank you for coming。

😊。

![](img/slide_1.png)

Today， we look at attention。 Is it new？ No！

It was there before， and it stayed。

 since nothing beat it。

I know of 5，10000 papers say so。
The end is near。
Ask me later。
Really。
Goodbye。
`;

test('marks become ASCII, lines sentences, slides the end of a paragraph', () => {
  expect(foldTranscript(spoken)).toBe(
    [
      '# 第一课 - A lecture',
      'Hi, everyone. Welcome back to the second part and thank you for coming.',
      'Today, we look at attention. Is it new? No! It was there before, and it stayed since nothing beat it. I know of 5,10000 papers say so. The end is near. Ask me later. Really. Goodbye.',
    ].join('\n\n') + '\n',
  );
});

test('where machine captions have neither capitals nor marks, each mark was the end of a line', () => {
  const lines = Array.from({ length: 30 }, (_, n) => `so this is，line number ${n}，of many。`).join('\n\n');
  const folded = foldTranscript(lines);
  expect(folded).toContain('so this is line number 0 of many so this is line number 1 of many');
  expect(folded).not.toMatch(/[。，]/);
  expect(folded.trim().split('\n\n').length).toBeGreaterThan(2);
});

test.each([
  ['Chinese', '今天我们看一看注意力机制。\n'.repeat(30)],
  ['mixed', 'The model 模型 works well 效果很好 here 这里。\n'.repeat(30)],
  ['English', 'A line that ends well.\n\n'.repeat(30)],
  ['one stray stop', `One。\n${'A line.\n'.repeat(30)}`],
  ['short', 'One。\nTwo。\n'],
])('%s stays as it is', (_name, text) => {
  expect(foldTranscript(text)).toBe(text);
});

const documents = '/work/shared/data/documents';
const hasDocuments = existsSync(documents);

test.skipIf(!hasDocuments).each(['001_9c5c1d9609634785.txt', '003_54b5ff5ca3cac03e.txt'])(
  `the document %s reads as English${hasDocuments ? '' : ' (skipped: no documents)'}`,
  (path) => {
    const file = { path, text: readFileSync(join(documents, path), 'utf8'), modified: new Date('2026-11-19') };
    const read = parseFile(file);
    const item = cleanItem('item' in read ? read.item : blankItem, {
      url: 'file:///inbox/',
      language: null,
      now: new Date('2026-11-21'),
    })!;
    const [title, ...paragraphs] = item.text.split('\n\n');
    expect(title).toBe(item.title);
    expect(item.lang).toBe('en');
    expect(paragraphs.length).toBeGreaterThan(20);
    expect(paragraphs.join('\n')).not.toMatch(/[^\n -~]|!\[|img\//);
    const words = paragraphs.map((paragraph) => paragraph.split(' ').length);
    expect(Math.max(...words)).toBeLessThan(250);
  },
);
