// Runs the command line as a user does: a process of its own, with its own data directory.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { compiled } from '../../../core/compiled.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { emptyDatabaseDirectory } from '../../empty-database.ts';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What the process of `openCourant` is told. */
export interface Command {
  args: string[];
  environment: NodeJS.ProcessEnv;
}

const endMark = '<end of the command>';
const root = new URL('../../../', import.meta.url);
const environmentOf = (given: Record<string, string>) => childEnvironment({ LOG_LEVEL: 'silent', ...given });

/** Runs `courant ARGUMENTS` to its end. */
export function courant(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, ['dist/services/cli/main.js', ...args], {
    cwd: root,
    env: environmentOf(environment),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** The same, one after the other in one process that ends with the file: a start takes 3 s of CPU, most commands little. */
export function openCourant(): typeof courant {
  let host: ChildProcess | undefined;
  afterAll(() => void host?.kill());
  async function run(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
    host ??= startHost();
    const command: Command = { args, environment: environmentOf(environment) };
    host.send(command);
    const [stdout, stderr, [code]] = await Promise.all([
      untilMark(host.stdout!),
      untilMark(host.stderr!),
      once(host, 'message') as Promise<[number]>,
    ]);
    return { code, stdout, stderr };
  }
  return run;
}

function startHost(): ChildProcess {
  const script = compiled(new URL('command-host.ts', import.meta.url));
  return fork(script, [endMark], {
    cwd: root,
    env: environmentOf({}),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Rejects when the process ends before. */
function untilMark(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const ended = () => reject(new Error(`the command ended its process: ${Buffer.concat(parts).toString()}`));
    const read = (part: Buffer) => {
      parts.push(part);
      const text = Buffer.concat(parts).toString();
      if (!text.endsWith(endMark)) return;
      output.off('data', read).off('end', ended);
      resolve(text.slice(0, -endMark.length));
    };
    output.on('data', read).on('end', ended);
  });
}

/** An empty directory that goes when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'courant-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A data directory whose database is there, so that the command does not take seconds to make one. */
export function dataDirectory(): string {
  const directory = temporaryDirectory();
  cpSync(emptyDatabaseDirectory, join(directory, 'db'), { recursive: true });
  return directory;
}
