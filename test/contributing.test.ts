// The recipes of CONTRIBUTING.md, followed to the letter in a copy of the tree: types hold, and one of each thing goes its way.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from './clock/test-clock.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'courant-recipes-'));
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const steps = [...text.matchAll(/^```ts (row|new) (\S+)\n([^]*?)^```$/gm)].map(([, how, file, code]) => ({
  how: how!,
  file: file!,
  code: code!,
}));

beforeAll(() => {
  for (const name of ['core', 'workers', 'services', 'templates', 'infra', 'test', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'tsconfig.recipes.json'),
    JSON.stringify({ extends: './tsconfig.json', include: ['core', 'workers', 'services', 'test/recipes'] }),
  );
  for (const step of steps) follow(step);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A row goes to the end of its table; a file must not be there yet. */
function follow({ how, file, code }: (typeof steps)[number]): void {
  const path = join(copy, file);
  if (how === 'new') {
    if (existsSync(path)) throw new Error(`${file} is there already`);
    return writeFileSync(path, code);
  }
  const table = readFileSync(path, 'utf8');
  const end = '\n} satisfies Record<string, ';
  if (table.split(end).length !== 2) throw new Error(`${file} has no one table that a row could go into`);
  writeFileSync(
    path,
    table.replace(end, () => `\n${code.trimEnd()}${end}`),
  );
}

test('each recipe is a row, and a file where something is to be done', () => {
  expect(steps.map(({ how, file }) => `${how} ${file}`)).toEqual([
    'row core/source-kinds.ts',
    'new workers/ingest/kinds/changes.ts',
    'row core/signal-kinds.ts',
    'row core/mail/notice-kinds.ts',
    'new core/mail/notices/anniversary.ts',
  ]);
});

test('the types hold after them', async () => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript-7/package.json')), 'bin/tsc');
  const compiled = run(process.execPath, [compiler, '--noEmit', '-p', 'tsconfig.recipes.json'], { cwd: copy });
  // It prints what is wrong.
  expect(await compiled.catch((error: { stdout: string }) => error)).toMatchObject({ stdout: '' });
});

test('and a source of the new kind, a signal and a mail go their way', async () => {
  await run(process.execPath, ['infra/compile.js'], { cwd: copy });
  const { stdout } = await run(process.execPath, ['dist/test/recipes/flow.js'], {
    cwd: copy,
    env: childEnvironment({}),
  });
  const { source, signal, mail } = JSON.parse(stdout) as Record<'source' | 'signal' | 'mail', unknown>;
  expect(source).toMatchObject({
    health: 'ok',
    error: null,
    items: [
      { title: 'Version 2.0', url: 'https://tools.example/2.0', publishedAt: '2026-11-20T00:00:00.000Z' },
      { title: 'Version <1.9>', url: 'https://tools.example/1.9', publishedAt: '2026-11-19T00:00:00.000Z' },
    ],
    listed: { kind: 'changes', title: 'Changes' },
  });
  expect(signal).toEqual({ page: true, status: 303, signals: [{ kind: 'later' }], preferences: true, offered: true });
  expect(mail).toBe('A year of Courant');
});

// What a reader is sent to must be there.
test.each(['CONTRIBUTING.md', 'ARCHITECTURE.md'])('every file that %s names exists', (name) => {
  const document = readFileSync(join(root, name), 'utf8').replace(/^```ts new [^]*?^```$/gm, '');
  const made = steps.filter(({ how }) => how === 'new').map(({ file }) => file);
  const named = [...document.matchAll(/`((?:core|workers|services|templates|infra|test|docs)\/[\w./-]+\.\w+)`/g)].map(
    ([, file]) => file!,
  );
  const links = [...document.matchAll(/\]\((?!https?:|#)([\w./-]+)/g)].map(([, file]) => file!);
  const missing = [...named, ...links].filter((file) => !existsSync(join(root, file)) && !made.includes(file));
  expect(missing).toEqual([]);
});
