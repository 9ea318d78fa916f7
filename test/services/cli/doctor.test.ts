// `courant doctor`, as an operator runs it: beside a Courant that runs, and beside settings that go nowhere.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { holdDataDirectory } from '../../../core/files/data-dir.ts';
import { dataDirectory, openCourant, temporaryDirectory } from './courant.ts';

const courant = openCourant();

test('beside a running Courant one line says who it is and what to do, and nothing is amiss', async () => {
  const directory = dataDirectory();
  const giveBack = holdDataDirectory(directory);
  try {
    const { code, stdout } = await courant(['doctor'], { DATA_DIR: directory, PORT: '0' });
    expect(stdout.split('\n').filter((line) => line.includes(`Process ${process.pid}`))).toEqual([
      `  · running    Process ${process.pid} runs Courant on ${directory}, where the desk says how it is (/desk/queues). To have port, database, vectors and ranker looked at, stop it and ask again.`,
    ]);
    expect([code, stdout.includes('✗')]).toEqual([0, false]);
  } finally {
    giveBack();
  }
});

test('an address to subscribe by that nobody listens for is told', async () => {
  const { code, stdout } = await courant(['doctor'], { DATA_DIR: dataDirectory(), PORT: '0', MAIL_SUBSCRIBE: 'subscribe@inbox.example' }); // prettier-ignore
  expect(stdout).toMatch(
    /✗ subscribe +MAIL_SUBSCRIBE is subscribe@inbox.example, and nobody takes its mails. Set INBOX_PORT/,
  );
  expect(code).toBe(1);
});

test('where there is no database yet it says so, and makes none', async () => {
  const directory = temporaryDirectory();
  const { code, stdout } = await courant(['doctor'], { DATA_DIR: directory, PORT: '0' });
  expect(stdout).toContain(
    `  · later      There is no database at ${directory}/db yet, and none was made: "courant start" makes one. To have database, vectors and ranker looked at, ask again after it.\n`,
  );
  expect(existsSync(join(directory, 'db'))).toBe(false);
  expect([code, stdout.includes('✗')]).toEqual([0, false]);
});

test('a directory that cannot be made is told with what to do', async () => {
  const directory = join(temporaryDirectory(), 'file', 'data');
  writeFileSync(dirname(directory), '');
  const { code, stdout } = await courant(['doctor'], { DATA_DIR: directory, PORT: '0' });
  expect(stdout).toMatch(
    /  ✗ data       DATA_DIR \S+\/file\/data cannot be written: ENOTDIR: .*\. Choose another directory\.\n/,
  );
  expect(code).toBe(1);
});
