// infra/compile.js makes dist/ of the sources, anew where they changed and nowhere else.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'courant-compile-'));
  for (const folder of ['core/deep', 'infra', 'templates']) mkdirSync(join(copy, folder), { recursive: true });
  cpSync(join(root, 'infra/compile.js'), join(copy, 'infra/compile.js'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('templates/page.txt', 'a page');
  write('core/words.sql', 'select 1');
  write('core/deep/two.ts', "export const two: number = 2;\nexport const name = 'x.ts';\n");
  write('core/one.ts', [
    "import { readFileSync } from 'node:fs';",
    "import { two, name } from './deep/two.ts';",
    "const kind: string = 'two';",
    'const found = (await import(`./deep/${kind}.ts`)) as { two: number };',
    "const at = new URL('./deep/two.ts', import.meta.url).pathname.endsWith('/deep/two.js');",
    "const sql = readFileSync(new URL('words.sql', import.meta.url), 'utf8');",
    "const page = readFileSync(new URL('../templates/page.txt', import.meta.url), 'utf8');",
    'console.log(JSON.stringify([two + found.two, name, at, sql, page]));',
  ].join('\n')); // prettier-ignore
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const write = (path: string, text: string): void => writeFileSync(join(copy, path), text);
const compile = (): void => void execFileSync(process.execPath, ['infra/compile.js'], { cwd: copy, stdio: 'pipe' });
const run = (): unknown => JSON.parse(execFileSync(process.execPath, ['dist/core/one.js'], { cwd: copy }).toString());
const madeAt = (path: string): number => statSync(join(copy, 'dist', path)).ctimeMs;

test('what it makes runs, with names of files in imports and addresses changed and others not', () => {
  compile();
  expect(run()).toEqual([4, 'x.ts', true, 'select 1', 'a page']);
});

test('makes what changed, whatever its time says, and nothing else', () => {
  compile();
  const before = [madeAt('core/one.js'), madeAt('core/deep/two.js'), madeAt('core/words.sql')];
  compile();
  expect([madeAt('core/one.js'), madeAt('core/deep/two.js'), madeAt('core/words.sql')]).toEqual(before);
  const { atime, mtime } = statSync(join(copy, 'core/deep/two.ts'));
  write('core/deep/two.ts', "export const two = 3;\nexport const name = 'y';\n");
  utimesSync(join(copy, 'core/deep/two.ts'), atime, mtime);
  compile();
  expect(run()).toEqual([6, 'y', true, 'select 1', 'a page']);
  expect(madeAt('core/one.js')).toBe(before[0]);
});

test('takes away what is gone, and makes all again when it has changed itself', () => {
  compile();
  const before = madeAt('core/one.js');
  rmSync(join(copy, 'core/words.sql'));
  write('infra/compile.js', `${readFileSync(join(root, 'infra/compile.js'), 'utf8')}// changed\n`);
  compile();
  expect(madeAt('core/one.js')).toBeGreaterThan(before);
  expect(existsSync(join(copy, 'dist/core/words.sql'))).toBe(false);
  expect(readdirSync(join(copy, 'dist/core')).toSorted()).toEqual(['deep', 'one.js', 'one.js.map']);
});

test('nothing is taken away behind a link, whatever stood in its place before', () => {
  compile();
  symlinkSync(join(copy, 'templates'), join(copy, 'dist/core/linked'));
  rmSync(join(copy, 'dist/templates'));
  mkdirSync(join(copy, 'dist/templates'));
  write('dist/templates/old.txt', 'old');
  compile();
  expect(existsSync(join(copy, 'templates/page.txt'))).toBe(true);
  expect(existsSync(join(copy, 'dist/core/linked'))).toBe(false);
  expect(run()).toEqual([4, 'x.ts', true, 'select 1', 'a page']);
  expect(readdirSync(join(copy, 'dist/templates'))).toEqual(['page.txt']);
});

test('a file that does not parse ends it with the place, and leaves what was made', () => {
  compile();
  write('core/deep/two.ts', 'export const = 1;\n');
  expect(compile).toThrow(/core\/deep\/two\.ts:1:13: [^\n]+\n$/);
  expect(run()).toEqual([4, 'x.ts', true, 'select 1', 'a page']);
});

test('what an editor leaves beside a file is passed over, and an error names the line of the source', () => {
  write('core/.one.ts.swp', 'half a');
  write('core/one.ts', '// A comment that takes a line.\n\n\nthrow new Error("here");\n');
  compile();
  expect(readdirSync(join(copy, 'dist/core')).filter((name) => name.startsWith('.'))).toEqual([]);
  const start = () => execFileSync(process.execPath, ['--enable-source-maps', 'dist/core/one.js'], { cwd: copy, stdio: 'pipe' }); // prettier-ignore
  expect(start).toThrow(/courant-compile-[^\n]*\/core\/one\.ts:4:7/);
});
