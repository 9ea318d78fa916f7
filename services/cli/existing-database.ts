// Commands that only read: a database that is not there is said, and none is made.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';

/** Where the embedded database will be, while it is not there yet; undefined once it is, and for that of a server. */
export function missingDatabase({
  DATABASE_URL,
  DATA_DIR,
}: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): string | undefined {
  const directory = join(DATA_DIR, 'db');
  return DATABASE_URL || existsSync(directory) ? undefined : directory;
}

/** The given config; throws PermanentError where there is no embedded database yet. Of a server the server answers. */
export function withDatabaseThere<Given extends Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>>(config: Given): Given {
  const directory = missingDatabase(config);
  if (directory !== undefined) {
    throw new PermanentError(
      `There is no database at ${directory}, and none was made. Set DATA_DIR to the directory that Courant runs with (the demo's is "demo" in it) or DATABASE_URL; or run "courant start" or "courant ingest" first.`,
    );
  }
  return config;
}
