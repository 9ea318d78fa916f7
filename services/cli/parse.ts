// `courant parse`: feed files -> NDJSON, one line a file, in the format the feed benchmark scores.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { z } from 'zod';
import { compiled } from '../../core/compiled.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { ParseTask } from './parse-one.ts';

export interface ParseJob {
  files: readonly string[];
  /** A JSON list of `{file, contentType}`, files relative to its folder. */
  manifest?: string | undefined;
  output: Writable;
  /** For one file. */
  timeoutMs?: number;
}

const manifestSchema = z.array(z.object({ file: z.string(), contentType: z.string().nullish() }));

/** Writes `{file, feed, items}` or `{file, error}` for each file, in the order given; returns how many of each. */
export async function parseFiles({
  files,
  manifest,
  output,
  timeoutMs = 10_000,
}: ParseJob): Promise<{ parsed: number; failed: number }> {
  const tasks: ParseTask[] = [
    ...files.map((file) => ({ path: file, file, contentType: null })),
    ...(manifest === undefined ? [] : await readManifest(manifest)),
  ];
  const threads = openThreads();
  const counts = { parsed: 0, failed: 0 };
  // One file for each thread, so that the time of a file never counts its wait behind a slow one.
  const ahead = threads.options.maxThreads;
  const lines: Promise<object>[] = [];
  try {
    for (let at = 0; at < tasks.length; at++) {
      while (lines.length < Math.min(tasks.length, at + ahead))
        lines.push(parseAlone(threads, tasks[lines.length]!, timeoutMs));
      const line = (await lines[at])!;
      counts['error' in line ? 'failed' : 'parsed']++;
      if (!output.write(`${JSON.stringify(line)}\n`)) await once(output, 'drain');
    }
  } finally {
    await threads.destroy();
  }
  return counts;
}

function openThreads(): Piscina<ParseTask, object> {
  return new Piscina<ParseTask, object>({
    filename: fileURLToPath(compiled(new URL('./parse-one.ts', import.meta.url))),
    name: 'parseOne',
    idleTimeout: 60_000,
    maxThreads: Math.max(1, Math.min(4, cpus().length)),
  });
}

async function parseAlone(threads: Piscina<ParseTask, object>, task: ParseTask, timeoutMs: number): Promise<object> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    return await threads.run(task, { signal: deadline.signal });
  } catch (error) {
    const reason = deadline.signal.aborted
      ? `not parsed within ${timeoutMs} ms`
      : `the parser failed: ${messageOf(error)}`;
    return { file: task.file, error: reason };
  } finally {
    clearTimeout(timer);
  }
}

async function readManifest(path: string): Promise<ParseTask[]> {
  const parsed = manifestSchema.safeParse(await readJson(path));
  if (!parsed.success)
    throw new PermanentError(`${path} is no manifest; it must be a JSON list of {"file", "contentType"}`);
  const folder = dirname(path);
  return parsed.data.map(({ file, contentType }) => ({
    path: resolve(folder, file),
    file,
    contentType: contentType ?? null,
  }));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new PermanentError(`${path} cannot be read: ${messageOf(error)}. Give the path of a manifest.`, {
      cause: error,
    });
  }
}
