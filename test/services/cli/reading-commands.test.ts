// Commands that only read make nothing; a file of no known kind is named and not quoted; what got no story is said.
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { configToListen } from '../../../core/process.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';
import { dataDirectory, openCourant, temporaryDirectory } from './courant.ts';

const courant = openCourant();

test.each([
  ['list', 'stories'],
  ['opml', 'export'],
  ['replay', 'a@example.org', '1'],
  ['curator', 'forget-code', 'a@example.org'],
])('%s %s says where it looked, and makes no database', async (...command) => {
  const directory = join(temporaryDirectory(), 'data');
  const { code, stdout, stderr } = await courant(command, { DATA_DIR: directory });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`no database at ${join(directory, 'db')}`);
  expect(existsSync(directory)).toBe(false);
});

describe('a file of no known kind', () => {
  test.each(['root:x:0:0:secret', '', '# A note\n\nsecret words', '\u0000\u0001secret'])('%j', async (content) => {
    const file = join(temporaryDirectory(), 'passwd');
    writeFileSync(file, content);
    const directory = join(temporaryDirectory(), 'data');
    const { code, stderr } = await courant(['ingest', file], { DATA_DIR: directory });
    expect(code).toBe(1);
    expect(stderr).toContain(`"${file}" is no file that can be read`);
    expect(stderr).not.toContain('secret');
    expect(existsSync(directory)).toBe(false);
  });

  test.each(['<html><title>secret</title><p>secret', '<secret/>', '{"secret": 1}', 'secret'])(
    'the reader of feeds repeats nothing of %j',
    async (text) => {
      const error = await parseFeed(text, 'file:///srv/a').catch((thrown: unknown) => thrown);
      expect((error as Error).message).not.toContain('secret');
    },
  );
});

test('a note without a date gets no story, and the command says so, why, and what to do', async () => {
  const directory = dataDirectory();
  const notes = join(temporaryDirectory(), 'notes');
  mkdirSync(notes);
  const note = join(notes, 'harbour.md');
  writeFileSync(note, '# Harbours\n\nWords on harbours and their lights.');
  // Just now by the clock of the run, which a file system does not follow.
  utimesSync(note, new Date(), new Date());
  const { code, stdout } = await courant(['ingest', notes], { DATA_DIR: directory });
  expect(code).toBe(0);
  expect(stdout).toContain('Files without a date of their own: 1');
  expect(stdout).toContain('write a line such as "date: 2026-11-01" at its head');
  expect(stdout).toContain('1 new item in no story');
});

test('PORT 0 is a free port before anything is printed or mailed', async () => {
  const home = process.cwd();
  const directory = temporaryDirectory();
  process.chdir(directory);
  onTestFinished(() => process.chdir(home));
  const { PORT, PUBLIC_URL, DESK_URL } = await configToListen({
    overrides: { PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: '', DESK_URL: '' },
  });
  expect(PORT).toBeGreaterThan(0);
  expect([PUBLIC_URL, DESK_URL]).toEqual([`http://127.0.0.1:${PORT}`, `http://127.0.0.1:${PORT}`]);
  expect(readdirSync(directory)).toEqual([]);
});

test('a list of deadlines is read from disk', async () => {
  const directory = dataDirectory();
  const file = join(temporaryDirectory(), 'conferences.yaml');
  writeFileSync(file, "- title: ICLR\n  year: 2027\n  id: iclr27\n  deadline: '2099-10-01 23:59:59'\n  timezone: UTC\n  sub: ML\n"); // prettier-ignore
  const { code, stdout, stderr } = await courant(['ingest', '--kind', 'deadlines', file], { DATA_DIR: directory });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('1 source checked');
});
