// Files are opened where they seem to be, or not at all: links, directories swapped for links, pipes, parents.
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstBytes, openInside } from '../../../core/files/open-inside.ts';

function scratch(): { root: string; outside: string } {
  const base = mkdtempSync(join(tmpdir(), 'courant-inside-'));
  const [root, outside] = [join(base, 'root'), join(base, 'outside')];
  mkdirSync(join(root, 'sub'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(root, 'sub', 'file.md'), 'inside');
  writeFileSync(join(outside, 'file.md'), 'outside');
  return { root, outside };
}

async function read(root: string, path: string): Promise<string | undefined> {
  const file = await openInside(root, path);
  if (!file) return undefined;
  try {
    return (await firstBytes(file, 100)).toString();
  } finally {
    await file.close();
  }
}

test('a plain file is read, also where the directory itself is a link', async () => {
  const { root, outside } = scratch();
  expect(await read(root, join(root, 'sub', 'file.md'))).toBe('inside');
  symlinkSync(root, join(outside, 'to-root'));
  expect(await read(join(outside, 'to-root'), join(outside, 'to-root', 'sub', 'file.md'))).toBe('inside');
});

test('nothing outside is, however it is named', async () => {
  const { root, outside } = scratch();
  symlinkSync(join(outside, 'file.md'), join(root, 'link.md'));
  symlinkSync(join(root, 'sub', 'file.md'), join(root, 'inner.md'));
  symlinkSync(outside, join(root, 'dir'));
  symlinkSync('loop.md', join(root, 'loop.md'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.md')]);
  const paths = ['link.md', 'inner.md', 'dir/file.md', 'loop.md', 'pipe.md', 'sub', '../outside/file.md'];
  for (const path of paths) expect([path, await read(root, `${root}/${path}`)]).toEqual([path, undefined]);
  await expect(read(root, join(root, 'missing.md'))).rejects.toThrow('ENOENT');
});

test('a directory that is swapped for a link while it is read gives nothing from outside', async () => {
  const { root, outside } = scratch();
  const [sub, away] = [join(root, 'sub'), join(root, 'away')];
  symlinkSync(outside, join(root, 'evil'));
  const seen = new Set<string | undefined>();
  const swap = setInterval(() => {
    renameSync(sub, away);
    renameSync(join(root, 'evil'), sub);
    renameSync(sub, join(root, 'evil'));
    renameSync(away, sub);
  }, 0);
  try {
    for (let n = 0; n < 500; n++) seen.add(await read(root, join(sub, 'file.md')).catch(() => undefined));
  } finally {
    clearInterval(swap);
  }
  expect(seen.has('outside')).toBe(false);
});

test('a hard link is a file of the directory, as any other', async () => {
  const { root, outside } = scratch();
  linkSync(join(outside, 'file.md'), join(root, 'hard.md'));
  expect(await read(root, join(root, 'hard.md'))).toBe('outside');
});
