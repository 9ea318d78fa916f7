import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { holdDataDirectory } from '../../../core/files/data-dir.ts';
import { PermanentError } from '../../../core/errors.ts';
import { ownIdentity, parseIdentity } from '../../../core/process-identity.ts';

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

const program = `import { holdDataDirectory } from './dist/core/files/data-dir.js';
  try { holdDataDirectory(process.argv[1]); console.log('held'); setInterval(() => undefined, 1000); }
  catch (error) { console.log(error.message); }`;

/** Another process that tries to take the directory and keeps it until it is killed; with what it says. */
async function otherStart({ before = [] as string[], path = process.env['PATH'] } = {}) {
  const [file, ...args] = [...before, process.execPath, '--input-type=module', '-e', program, directory]; // prettier-ignore
  const child = spawn(file, args, { env: { ...process.env, PATH: path } });
  children.push(child);
  child.stderr.resume();
  // Closed, not only ended: the words of one that is refused are still in the pipe when it ends.
  const said = await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  return { child, said: String(said[0]).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const lockPath = (): string => join(directory, 'courant.lock');
/** Where the program `flock` is not found, as on macOS. */
const nowhere = '/nonexistent';

test.each([
  ['with locks of the operating system', process.env['PATH']],
  ['without', nowhere],
])('%s a second process is refused with the number of the first, and a killed one gives way', async (_, path) => {
  const first = await otherStart({ path });
  expect(first.said).toBe('held');
  const second = await otherStart({ path });
  expect(second.said).toMatch(
    new RegExp(`^Process ${first.child.pid} already uses this data directory.*another DATA_DIR, or use DATABASE_URL`),
  );
  await kill(first.child);
  expect(existsSync(lockPath())).toBe(true);
  expect((await otherStart({ path })).said).toBe('held');
});

test('this process is refused like any other, also in the middle of holding it', async () => {
  const { child } = await otherStart();
  expect(() => holdDataDirectory(directory)).toThrow(PermanentError);
  await kill(child);
  const giveBack = holdDataDirectory(directory);
  expect(() => holdDataDirectory(directory)).toThrow(/already uses this data directory/);
  giveBack();
});

test('what was held can be held again once it is given back', () => {
  holdDataDirectory(directory)();
  expect(existsSync(lockPath())).toBe(false);
  holdDataDirectory(directory)();
});

describe.each([
  ['with locks of the operating system', process.env['PATH']],
  ['without', nowhere],
])('%s', (_, path) => {
  // Whoever has the number now is another process: this one runs, and was started at another time.
  const reused = (): string => JSON.stringify({ ...ownIdentity(), pid: process.pid, start: 'at another time' });
  test.each([
    ['nothing', () => ''],
    ['something else', () => 'not a number'],
    ['a bare number of a process that runs', () => String(process.pid)],
    ['a number that somebody else has now', reused],
    ['half of what was to be written', () => reused().slice(0, 20)],
  ])('a lock file left behind with %s belongs to nobody', async (_what, text) => {
    mkdirSync(directory);
    writeFileSync(lockPath(), text());
    expect((await otherStart({ path })).said).toBe('held');
    expect(parseIdentity(readFileSync(lockPath(), 'utf8'))).toMatchObject({ host: ownIdentity().host });
  });

  test('of many starts at once on what a dead process left, one holds it', async () => {
    await kill((await otherStart({ path })).child);
    const starts = await Promise.all(Array.from({ length: 5 }, () => otherStart({ path })));
    expect(starts.filter(({ said }) => said === 'held')).toHaveLength(1);
    expect(starts.filter(({ said }) => said.includes('already uses'))).toHaveLength(4);
  });
});

const left = (): string => JSON.stringify({ pid: 1, start: 'some boot 12', host: 'another-container' });

test('what a container that is gone left is taken over where the operating system has locks', () => {
  mkdirSync(directory);
  writeFileSync(lockPath(), left());
  expect(() => holdDataDirectory(directory)()).not.toThrow();
});

test('without them nobody can see whether the other machine still runs, so a person has to say', async () => {
  mkdirSync(directory);
  writeFileSync(lockPath(), left());
  expect((await otherStart({ path: nowhere })).said).toMatch(
    /^Process 1 of another-container already uses .*courant\.lock/,
  );
});

const namespaces = ['unshare', '--uts', '--pid', '--fork', '--kill-child'];
const mayUnshare = spawnSync(namespaces[0]!, [...namespaces.slice(1), 'true']).status === 0;

test.skipIf(!mayUnshare)(
  'two containers on one volume: the second is refused, though it sees no process of the first',
  async () => {
    const container = (name: string): string[] => [...namespaces, 'sh', '-c', `hostname ${name} && exec "$@"`, 'sh'];
    const first = await otherStart({ before: container('one') });
    expect(first.said).toBe('held');
    const second = await otherStart({ before: container('two') });
    expect(second.said).toMatch(/^Process 1 of one already uses this data directory/);
    await kill(first.child);
    await expect.poll(async () => (await otherStart({ before: container('two') })).said).toBe('held');
  },
);

test('a place that cannot be a directory is refused in one line', () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  expect(() => holdDataDirectory(join(file, 'data'))).toThrow(/^DATA_DIR .*a-file\/data cannot be written.*$/);
});
