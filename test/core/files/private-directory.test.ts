// Other accounts of the machine read nothing of DATA_DIR.
import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { openHouse } from '../../../core/house.ts';
import { makePrivate } from '../../../core/files/private-directory.ts';
import { writeToOutbox } from '../../../services/mailer/outbox.ts';

const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);
const scratch = (): string => mkdtempSync(join(tmpdir(), 'courant-private-'));

function openTree(): { directory: string; outside: string } {
  const directory = join(scratch(), 'data');
  const outside = join(scratch(), 'outside.txt');
  mkdirSync(join(directory, 'db', 'base'), { recursive: true });
  mkdirSync(join(directory, 'outbox'));
  writeFileSync(outside, 'not ours');
  writeFileSync(join(directory, 'db', 'base', '1'), 'rows');
  writeFileSync(join(directory, 'outbox', 'sign-in-1.eml'), 'a link');
  symlinkSync(outside, join(directory, 'outbox', 'link.eml'));
  for (const path of ['', 'db', 'db/base', 'outbox']) chmodSync(join(directory, path), 0o777);
  for (const path of ['db/base/1', 'outbox/sign-in-1.eml']) chmodSync(join(directory, path), 0o666);
  chmodSync(outside, 0o644);
  return { directory, outside };
}

test('a new directory is its owner only', () => {
  const directory = join(scratch(), 'deep', 'data');
  expect(makePrivate(directory)).toBeUndefined();
  expect(modeOf(directory)).toBe('700');
});

test('an existing one is tightened, with all that is in it, and no link is followed', () => {
  const { directory, outside } = openTree();
  expect(makePrivate(directory)).toBeUndefined();
  const modes = ['', 'db', 'db/base', 'db/base/1', 'outbox', 'outbox/sign-in-1.eml'].map((path) =>
    modeOf(join(directory, path)),
  );
  expect(modes).toEqual(['700', '700', '700', '600', '700', '600']);
  expect(modeOf(outside)).toBe('644');
});

test('the files of a new database are their owner only, too', async () => {
  const directory = join(scratch(), 'data');
  const house = await openHouse(parseConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent' }));
  const open = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (path) => (lstatSync(join(directory, path)).mode & 0o077) !== 0,
  );
  await house.close();
  expect(open).toEqual([]);
});

test('what everybody shares stays shared, and is told', () => {
  const directory = scratch();
  chmodSync(directory, 0o1777);
  expect(makePrivate(directory)).toContain('run chmod 700');
  expect(modeOf(directory)).toBe('777');
});

test.runIf(process.getuid?.() === 0)('root shuts nobody out of what is not ours', () => {
  const directory = scratch();
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, 'outbox'), { mode: 0o755 });
  writeFileSync(join(directory, 'theirs.txt'), 'theirs', { mode: 0o644 });
  expect(makePrivate(directory)).toContain('is open to other accounts');
  expect([modeOf(directory), modeOf(join(directory, 'theirs.txt'))]).toEqual(['755', '644']);
  expect(modeOf(join(directory, 'outbox'))).toBe('700');
});

test('a process of ours writes for its owner only, whatever umask it was given', () => {
  const directory = scratch();
  const program = `
    process.umask(0);
    const { runMain } = await import('./dist/core/process.js');
    const { writeFileSync, mkdirSync } = await import('node:fs');
    await runMain(async () => {
      mkdirSync(process.env.WHERE + '/made');
      writeFileSync(process.env.WHERE + '/made/file', 'x');
    });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: new URL('../../../', import.meta.url),
    env: { ...process.env, WHERE: directory },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect([modeOf(join(directory, 'made')), modeOf(join(directory, 'made', 'file'))]).toEqual(['700', '600']);
});

test('mails in the outbox are their owner only, and a link that lies in the way is not written through', async () => {
  const directory = join(scratch(), 'outbox');
  const outside = join(scratch(), 'outside.txt');
  writeFileSync(outside, 'before');
  mkdirSync(directory);
  symlinkSync(outside, join(directory, 'delivery-1.eml.tmp'));
  symlinkSync(outside, join(directory, 'delivery-1.eml'));
  await writeToOutbox(directory, { row: 'delivery-1', raw: Buffer.from('a letter') });
  expect(readdirSync(directory)).toEqual(['delivery-1.eml']);
  expect([lstatSync(join(directory, 'delivery-1.eml')).isFile(), modeOf(join(directory, 'delivery-1.eml'))]).toEqual([true, '600']); // prettier-ignore
  expect(lstatSync(outside).size).toBe('before'.length);
});
