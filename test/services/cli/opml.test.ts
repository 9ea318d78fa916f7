// `courant opml`: a list goes in, the same comes out.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOpml } from '../../../core/opml/read-opml.ts';
import { dataDirectory, openCourant, temporaryDirectory } from './courant.ts';

const courant = openCourant();

test('a list is imported and exported; a broken one says what is wrong', async () => {
  const directory = temporaryDirectory();
  const environment = { DATA_DIR: dataDirectory() };
  const list = join(directory, 'in.opml');
  const entry =
    '<outline text="A" xmlUrl="https://a.example/feed"/><outline text="A again" xmlUrl="http://a.example/feed/"/><outline text="B" xmlUrl="nowhere"/>';
  writeFileSync(list, `<opml version="2.0"><body>${entry}</body></opml>`);
  const imported = await courant(['opml', 'import', list], environment);
  expect(imported).toMatchObject({ code: 0, stdout: '1 added, 0 here already, 1 left out, 1 twice in the list\n' });
  expect(imported.stderr).toContain('line 1: "B" has no address that can be read');

  const copy = join(directory, 'out.opml');
  expect(await courant(['opml', 'export', copy], environment)).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(copy, 'utf8')).toContain('xmlUrl="https://a.example/feed"');

  writeFileSync(list, '<opml><body>');
  const { code, stderr } = await courant(['opml', 'import', list], environment);
  expect(code).not.toBe(0);
  expect(stderr).toContain('This is no OPML file: it has no outlines');
});

test('a list is imported into a place that is not there yet, one in UTF-16, too; an empty one is exported', async () => {
  const directory = temporaryDirectory();
  const environment = { DATA_DIR: join(directory, 'data') };
  const early = await courant(['opml', 'export'], environment);
  expect([early.code, early.stdout, early.stderr]).toEqual([1, '', expect.stringContaining('and none was made')]);
  expect(existsSync(environment.DATA_DIR)).toBe(false);
  const list = join(directory, 'in.opml');
  writeFileSync(list, '<opml version="2.0"><body><outline text="B" xmlUrl="nowhere"/></body></opml>');
  expect(await courant(['opml', 'import', list], environment)).toMatchObject({ code: 0 });
  const empty = await courant(['opml', 'export'], environment);
  expect(empty).toMatchObject({ code: 0, stderr: '' });
  expect(readOpml(empty.stdout)).toEqual({ sources: [], refused: [], repeated: 0 });
  writeFileSync(list, '\ufeff<?xml version="1.0" encoding="utf-16"?><opml><body><outline text="Łódź" xmlUrl="https://a.example/"/></body></opml>', 'utf16le'); // prettier-ignore
  expect(await courant(['opml', 'import', list], environment)).toMatchObject({ code: 0 });
  expect(readOpml((await courant(['opml', 'export'], environment)).stdout).sources[0]?.title).toBe('Łódź');
});
