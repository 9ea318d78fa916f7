// What a thread is told to do: the types see that a module exports the function and takes the input; here, that it is this file.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runInThread } from '../../core/threads.ts';

const root = new URL('../../', import.meta.url);
const files = ['core', 'workers', 'services'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);
/** The module and the name of the types, and where the file and the name are given; the file may stand in a line before. */
const calls = files.flatMap((file) => {
  const text = readFileSync(new URL(file, root), 'utf8');
  return text
    .split('runInThread<')
    .slice(1)
    .map((call, at) => {
      const [, module, name] = /^typeof import\('\.\/([^']+)'\), '(\w+)'>/.exec(call) ?? [];
      const given = /new URL\('(?:\.\/)?([^']+)', import\.meta\.url\)/;
      return {
        file,
        module,
        name,
        givenFile: (given.exec(call.slice(0, 300)) ?? given.exec(text.split('runInThread<')[at]!.slice(-200)))?.[1],
        givenName: /name: '(\w+)'/.exec(call)?.[1],
      };
    });
});

test('every task names the file and the function of its types', () => {
  const typed = calls.filter(({ file }) => file !== 'core/threads.ts');
  expect(typed.length).toBeGreaterThan(10);
  for (const { file, module, name, givenFile, givenName } of typed) {
    expect([file, givenFile, givenName]).toEqual([file, module, name]);
  }
});

test('a function that a module does not export, or another input, is an error of types', () => {
  type Lists = typeof import('../../core/opml/read-list.ts');
  const task = {
    file: new URL('core/opml/read-list.ts', root),
    pool: 'reading',
    stop: new AbortController().signal,
  } as const;
  // Not called: the compiler alone is asked.
  const wrong = (): unknown[] => [
    // @ts-expect-error
    runInThread<Lists, 'readLists'>({ ...task, name: 'readLists', input: '' }),
    // @ts-expect-error
    runInThread<Lists, 'readList'>({ ...task, name: 'readList', input: 1 }),
  ];
  expect(wrong).toBeTypeOf('function');
});
