// What every process stands on, opened once and handed to everybody: config, log, database, queue, clock.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { holdDataDirectory } from './files/data-dir.ts';
import { openDatabase, type Database } from './db.ts';
import { messageOf } from './errors.ts';
import { followSettings, liveConfig } from './live-config.ts';
import { openLog, type Log } from './log.ts';
import { makePrivate } from './files/private-directory.ts';
import { openQueue, type Queue } from './queue.ts';
import { releaseAllMails } from './store/delivery-leases.ts';
import { loadSettings } from './store/settings.ts';
import { releaseAllLeases } from './store/source-leases.ts';

export interface House {
  config: Config;
  log: Log;
  db: Database;
  queue: Queue;
  now: () => Date;
}

/** Opens database and queue as the config says; `close` gives everything back, the data directory last. */
export async function openHouse(
  given: Config,
  now: () => Date = () => new Date(),
): Promise<House & { close(): Promise<void> }> {
  const config = liveConfig(given);
  const log = openLog(config);
  keepPrivate(config, log);
  const giveBack = config.DATABASE_URL ? () => undefined : holdDataDirectory(config.DATA_DIR);
  try {
    const db = await openDatabase({ url: config.DATABASE_URL, directory: join(config.DATA_DIR, 'db') });
    // PGlite writes the files of a new database for everybody to read: it has an umask of its own.
    keepPrivate(config, log);
    // Nobody else has this directory, so what is still held was held by one that died.
    if (!config.DATABASE_URL) {
      await releaseAllLeases(db);
      await releaseAllMails(db);
    }
    followSettings(config, await loadSettings(db));
    const queue = await openQueue({ redisUrl: config.REDIS_URL, databaseUrl: config.DATABASE_URL, db, log });
    const close = async (): Promise<void> => {
      await queue.close();
      await db.close();
      giveBack();
    };
    return { config, log, db, queue, now, close };
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** With servers for database and mail nothing need be there, so nothing is created. What cannot be written is reported by whoever writes. */
function keepPrivate({ DATA_DIR, DATABASE_URL }: Config, log: Log): void {
  if (DATABASE_URL && !existsSync(DATA_DIR)) return;
  try {
    const open = makePrivate(DATA_DIR);
    if (open) log.warn({ event: 'data.open', message: open });
  } catch (error) {
    log.debug({ event: 'data.unwritable', message: messageOf(error) });
  }
}
