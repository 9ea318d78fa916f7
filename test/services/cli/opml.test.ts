// `courant opml`: a list goes in, the same comes out.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courant, temporaryDirectory } from './courant.ts';

test('a list is imported and exported; a broken one says what is wrong', async () => {
  const directory = temporaryDirectory();
  const environment = { DATA_DIR: join(directory, 'data') };
  const list = join(directory, 'in.opml');
  const entry = '<outline text="A" xmlUrl="https://a.example/feed"/><outline text="B" xmlUrl="nowhere"/>';
  writeFileSync(list, `<opml version="2.0"><body>${entry}</body></opml>`);
  const imported = await courant(['opml', 'import', list], environment);
  expect(imported).toMatchObject({ code: 0, stdout: '1 added, 0 here already, 1 left out\n' });
  expect(imported.stderr).toContain('"B" has no address that can be read');

  const copy = join(directory, 'out.opml');
  expect(await courant(['opml', 'export', copy], environment)).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(copy, 'utf8')).toContain('xmlUrl="https://a.example/feed"');

  writeFileSync(list, '<opml><body>');
  const { code, stderr } = await courant(['opml', 'import', list], environment);
  expect(code).not.toBe(0);
  expect(stderr).toContain('This is no OPML file: line');
}, 60_000);
