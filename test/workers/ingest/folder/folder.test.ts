// Files dropped in a directory: front matter wins over guesses, captions become segments, nothing else is touched.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { PermanentError } from '../../../../core/errors.ts';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { readFolder } from '../../../../workers/ingest/folder/read-folder.ts';

const files: Record<string, string> = {
  'note.md':
    '---\ntitle: "On: colons"\ndate: 2026-11-19\nauthor: Ada\nurl: https://notes.example/a\n---\n# Not this\n\nSome [link](https://arxiv.org/abs/1706.03762).\n\n- one\n- two',
  'bad.md': '---\ntitle: "unclosed\n---\n# A heading\n\nText.',
  'deep/plain.txt': 'First line is the title\n\nA paragraph.',
  'talk.vtt': 'WEBVTT\n\n00:00.000 --> 00:05.000\nHello everyone.\n\n02:40.000 --> 02:45.000\nSecond part.',
  'page.html': '<html><head><title>A page</title></head><body><p>Words</p><script>alert(1)</script></body></html>',
  'image.png': 'no',
  '.hidden.md': 'no',
};

test('a folder of files becomes items', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'courant-folder-'));
  mkdirSync(join(directory, 'deep'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const url = pathToFileURL(directory).href;
  const feed = await readFolder(url, { now: new Date('2026-11-21'), isFirst: false });
  const items = feed.items.map((item) =>
    cleanItem(item, { url: `${url}/`, language: 'en', now: new Date('2026-11-21') })!,
  );
  const byGuid = Object.fromEntries(items.map((item) => [item.guid, item]));
  expect(Object.keys(byGuid)).toEqual(['bad.md', 'deep/plain.txt', 'note.md', 'page.html', 'talk.vtt']);
  expect(byGuid['note.md']).toMatchObject({
    title: 'On: colons',
    authors: ['Ada'],
    url: 'https://notes.example/a',
    publishedAt: new Date('2026-11-19'),
    mentions: ['arxiv:1706.03762'],
  });
  expect(byGuid['note.md']!.html).toContain('<li>two</li>');
  expect(byGuid['bad.md']).toMatchObject({ title: 'unclosed', url: `${url}/bad.md` });
  expect(byGuid['deep/plain.txt']!.title).toBe('First line is the title');
  expect(byGuid['page.html']).toMatchObject({ title: 'A page', text: 'Words' });
  expect(byGuid['talk.vtt']).toMatchObject({
    kind: 'video',
    transcriptState: 'ok',
    segments: [
      { startS: 0, text: 'Hello everyone.' },
      { startS: 160, text: 'Second part.' },
    ],
  });
});

test('a directory that is not there is said so', async () => {
  await expect(
    readFolder('file:///nowhere/at/all', { now: new Date('2026-11-21'), isFirst: true }),
  ).rejects.toBeInstanceOf(PermanentError);
});
