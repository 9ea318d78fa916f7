// `courant parse`: one line a file, whatever the file is.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { parseFiles, type ParseJob } from '../../../services/cli/parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'courant-parse-'));
const good = join(folder, 'good.xml');
const page = join(folder, 'page.html');
const list = join(folder, 'cases.json');
writeFileSync(
  good,
  '<rss><channel><title>T</title><item><title>One</title><pubDate>Sat, 07 Sep 2002 00:00:01 GMT</pubDate></item></channel></rss>',
);
writeFileSync(page, '<html><title>Page</title></html>');
writeFileSync(
  join(folder, 'latin.xml'),
  Buffer.from('<rss><channel><title>Gr\xfc\xdfe</title></channel></rss>', 'latin1'),
);
writeFileSync(list, JSON.stringify([{ file: 'latin.xml', contentType: 'text/xml; charset=latin1' }]));

async function parse(job: Omit<ParseJob, 'output'>): Promise<Record<string, unknown>[]> {
  let written = '';
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  await parseFiles({ ...job, output });
  return written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('feeds become lines in the order given, and what is no feed says so', async () => {
  const lines = await parse({ files: [good, page, join(folder, 'missing.xml')], manifest: list });
  expect(lines).toMatchObject([
    { file: good, feed: { title: 'T' }, items: [{ title: 'One', published: '2002-09-07T00:00:01.000Z' }] },
    { file: page, error: expect.stringContaining('HTML page') as string },
    { file: join(folder, 'missing.xml'), error: expect.stringContaining('ENOENT') as string },
    { file: 'latin.xml', feed: { title: 'Grüße' }, items: [] },
  ]);
});

test('a file that takes too long is one line, and the rest is parsed', async () => {
  const lines = await parse({ files: [good, page], timeoutMs: 0 });
  expect(lines.map(({ error }) => error)).toEqual(['not parsed within 0 ms', 'not parsed within 0 ms']);
});

test('a manifest that is none is said so', async () => {
  await expect(parse({ files: [], manifest: good })).rejects.toThrow(/cannot be read/);
});
