import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { holdDataDirectory } from '../../core/data-dir.ts';
import { PermanentError } from '../../core/errors.ts';

const root = mkdtempSync(join(tmpdir(), 'courant-data-'));
const children: ChildProcess[] = [];
let directory: string;
let count = 0;

beforeEach(() => {
  directory = join(root, String(++count));
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true });
});

/** Another process that takes the directory and keeps it until it is killed. */
async function otherHolder(): Promise<ChildProcess> {
  const program = `import { holdDataDirectory } from './core/data-dir.ts';
    holdDataDirectory(process.argv[1]); console.log('held'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, directory]);
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

test('a second process is refused with the number of the first and what to do', async () => {
  const child = await otherHolder();
  expect(() => holdDataDirectory(directory)).toThrow(PermanentError);
  expect(() => holdDataDirectory(directory)).toThrow(
    new RegExp(`^Process ${child.pid} already uses this data directory.*another DATA_DIR, or use DATABASE_URL`),
  );
});

test('the lock of a killed process is taken over', async () => {
  const child = await otherHolder();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(directory, 'courant.lock'))).toBe(true);
  holdDataDirectory(directory)();
});

test('what was held can be held again once it is given back', () => {
  holdDataDirectory(directory)();
  expect(existsSync(join(directory, 'courant.lock'))).toBe(false);
  holdDataDirectory(directory)();
});

test.each(['', 'not a number', '-5'])('a lock file that holds "%s" belongs to nobody', (text) => {
  holdDataDirectory(directory)();
  writeFileSync(join(directory, 'courant.lock'), text);
  expect(() => holdDataDirectory(directory)()).not.toThrow();
});

test('a place that cannot be a directory is refused in one line', () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  expect(() => holdDataDirectory(join(file, 'data'))).toThrow(/^DATA_DIR .*a-file\/data cannot be written.*$/);
});
