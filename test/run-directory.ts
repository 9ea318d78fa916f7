// A directory of one run of the tests, for what one file makes and others use and for all temporary files; it goes when the run ends.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    runDirectory: string;
  }
}

/** Vitest's global setup. */
export function setup(project: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'courant-tests-'));
  // A server that root starts as somebody else, such as PostgreSQL, has its directory within.
  chmodSync(directory, 0o711);
  project.provide('runDirectory', directory);
  // The workers that are started after this inherit it, and so do the programs they start.
  process.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
