// infra/node.sh starts every process: with V8's flags where Node knows them, without where it does not.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { childEnvironment } from '../clock/test-clock.ts';

const starter = fileURLToPath(new URL('../../infra/node.sh', import.meta.url));
const growing = '--heap-growing-percent';

/** The last two things that a Node is asked, by one that only says it. */
function askedOf(node: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'courant-node-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'node'), `#!/bin/sh\n${node}\necho "$@"\n`, { mode: 0o755 });
  const env = { ...childEnvironment({}), PATH: `${directory}:${process.env['PATH']}` };
  return execFileSync('sh', [starter, 'services/main.ts', 'all'], { env }).toString().trim().split('\n').slice(-2);
}

test('the tree is compiled, then its file starts with flags that the Node of this test knows', () => {
  const [check, start = ''] = askedOf('');
  expect(check).toMatch(/\/infra\/compile\.js$/);
  expect(start).toMatch(/ \S+\/dist\/services\/main\.js all$/);
  const flags = start.match(/--\S+/g) ?? [];
  expect(flags.join(' ')).toContain(growing);
  expect(execFileSync(process.execPath, [...flags, '-p', '1']).toString()).toBe('1\n');
});

test('a Node that does not know them starts without', () => {
  const [, start] = askedOf(`case "$*" in *${growing}*) echo "bad option" >&2; exit 9;; esac`);
  expect(start).toMatch(/^--enable-source-maps \S+\/dist\/services\/main\.js all$/);
});
