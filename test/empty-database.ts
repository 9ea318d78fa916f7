// A database with the current schema and no rows, made once for each schema: booting PGlite from nothing costs
// 3.9 s of CPU, loading a dump 0.5 s (2 cores, Node 20), and some seventy test files each want one.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase } from '../core/db.ts';
import { hashContent } from '../core/content-hash.ts';

const schema = new URL('../core/schema/', import.meta.url);
const cache = join(process.cwd(), 'node_modules/.cache/empty-database');
const files = readdirSync(schema).map((name) => [name, readFileSync(new URL(name, schema), 'utf8')]);
const made = join(cache, hashContent(files).slice(0, 16));

/** Its data directory, to be copied. */
export const emptyDatabaseDirectory = join(made, 'db');

/** Its dump, to be loaded into memory. */
export function emptyDatabaseDump(): Blob {
  return new Blob([readFileSync(join(made, 'db.tar'))]);
}

/** Vitest's global setup: makes it unless it is there; it appears whole or not at all. */
export async function setup(): Promise<void> {
  if (existsSync(made)) return;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'making-'));
  const directory = join(work, 'db');
  await (await openDatabase({ directory })).close();
  const pglite = await PGlite.create(directory);
  const dump = await pglite.dumpDataDir('none');
  writeFileSync(join(work, 'db.tar'), Buffer.from(await dump.arrayBuffer()));
  await pglite.close();
  try {
    renameSync(work, made);
  } catch (error) {
    // Another run of the tests was first.
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
}
