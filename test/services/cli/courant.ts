// Runs the command line as a user does: a process of its own, with its own data directory.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { childEnvironment } from '../../clock/test-clock.ts';
import { emptyDatabaseDirectory } from '../../empty-database.ts';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

const root = new URL('../../../', import.meta.url);

/** Runs `courant ARGUMENTS` to its end. */
export function courant(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'services/cli/main.ts', ...args], {
    cwd: root,
    env: childEnvironment({ LOG_LEVEL: 'silent', ...environment }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
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
