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

test('the Node that runs this test knows the flags', () => {
  const said = execFileSync('sh', [starter, 'test/infra/say-flags.ts'], { env: childEnvironment({}) });
  expect(said.toString()).toContain(growing);
});

test('a Node that does not know them starts without', () => {
  const directory = mkdtempSync(join(tmpdir(), 'courant-node-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const other = `#!/bin/sh\ncase "$*" in *${growing}*) echo "bad option" >&2; exit 9;; esac\necho "$@"\n`;
  writeFileSync(join(directory, 'node'), other, { mode: 0o755 });
  const env = { ...childEnvironment({}), PATH: `${directory}:${process.env['PATH']}` };
  const [check, start] = execFileSync('sh', [starter, 'services/main.ts', 'all'], { env }).toString().split('\n');
  expect(check).toMatch(/\/infra\/compile\.js$/);
  expect(start).toMatch(/^--enable-source-maps \S+\/dist\/services\/main\.js all$/);
});
