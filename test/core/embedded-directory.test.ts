// Making the embedded database: whole or not at all, and never over what is something else's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../core/compiled.ts';
import { prepareDirectory } from '../../core/embedded-directory.ts';
import { childEnvironment } from '../clock/test-clock.ts';

function emptyHome(): { home: string; directory: string } {
  const home = mkdtempSync(join(tmpdir(), 'courant-made-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  return { home, directory: join(home, 'db') };
}

/** Ends what is left of a process and what it started. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it is over.
  }
}

test('a start that is killed while it makes one leaves none, and the next makes it and takes away what was left', async () => {
  const { home, directory } = emptyHome();
  const script = fileURLToPath(compiled(new URL('make-database.ts', import.meta.url)));
  const first = spawn(process.execPath, [script, directory], { env: childEnvironment({}), detached: true });
  await expect.poll(() => readdirSync(home), { interval: 20 }).toEqual([expect.stringMatching(/^db\.new-/)]);
  // With the process that it started.
  process.kill(-first.pid!, 'SIGKILL');
  await once(first, 'exit');
  expect(readdirSync(home)).toEqual([expect.stringMatching(/^db\.new-/)]);
  await prepareDirectory(directory);
  expect(readdirSync(home)).toEqual(['db']);
  expect(readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()).toBe('18');
});

test("one that is still being made by what a killed start left is in nobody's way", async () => {
  const { home, directory } = emptyHome();
  const script = fileURLToPath(compiled(new URL('make-database.ts', import.meta.url)));
  const first = spawn(process.execPath, [script, directory], { env: childEnvironment({}), detached: true });
  // What it started may write on while the directory is taken away at the end.
  onTestFinished(() => endGroup(first.pid!));
  await expect.poll(() => readdirSync(home).length, { interval: 20 }).toBe(1);
  // Alone: the process that it started goes on, and writes its files at its end.
  first.kill('SIGKILL');
  await once(first, 'exit');
  await prepareDirectory(directory);
  expect(readdirSync(home)).toContain('db');
  expect(readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()).toBe('18');
});

test('what is no database stays as it is', async () => {
  const { directory } = emptyHome();
  mkdirSync(directory);
  writeFileSync(join(directory, 'letter.txt'), 'dear reader');
  await expect(prepareDirectory(directory)).rejects.toThrow(/has files, but no database.*another DATA_DIR/);
  expect(readdirSync(directory)).toEqual(['letter.txt']);
});

test('a database of another PostgreSQL is refused with both versions', async () => {
  const { directory } = emptyHome();
  mkdirSync(directory);
  writeFileSync(join(directory, 'PG_VERSION'), '17\n');
  await expect(prepareDirectory(directory)).rejects.toThrow(
    /of PostgreSQL 17; this Courant reads version 18\. .*nothing was changed/,
  );
});

test('a directory that cannot be written to is said by its name', async () => {
  const { home } = emptyHome();
  writeFileSync(join(home, 'file'), '');
  await expect(prepareDirectory(join(home, 'file', 'db'))).rejects.toThrow(/(ENOTDIR|EEXIST).*file/);
  expect(existsSync(join(home, 'file'))).toBe(true);
});
