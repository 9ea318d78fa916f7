// A whole Courant in this process on a directory of its own, with the demo week served to it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../core/config.ts';
import { openHouse, type House } from '../core/house.ts';
import { serveDemoWeek, type DemoWeek } from '../infra/demo-week/server.ts';
import { startServices } from '../services/start.ts';
import { startWorkers } from '../workers/start.ts';
import { emptyDatabaseDirectory } from './empty-database.ts';
import { freePort } from '../core/network/free-port.ts';

/** Progress that nobody watches. */
export const silent = { start: () => undefined, at: () => undefined, done: () => undefined };

export interface DemoHouse {
  house: House;
  week: DemoWeek;
  directory: string;
  /** Ends what runs; the directory stays until `stop`. */
  end: () => Promise<void>;
  stop: () => Promise<void>;
}

/** When the week is served as of, and the database to begin with: a copy of an empty one where none is given. */
export interface ServedWeek {
  now: Date;
  database?: string;
}

/** Opens it with every room and every worker, the schedule apart; `environment` adds to its config. */
export async function openDemoHouse(
  environment: Record<string, string> = {},
  { now, database = emptyDatabaseDirectory }: ServedWeek = { now: new Date() },
): Promise<DemoHouse> {
  const week = await serveDemoWeek({ now });
  const directory = mkdtempSync(join(tmpdir(), 'courant-demo-'));
  cpSync(database, join(directory, 'db'), { recursive: true });
  const config = parseConfig({
    DATA_DIR: directory,
    PORT: String(await freePort()),
    ALLOW_ADDRESSES: new URL(week.url).host,
    LOG_LEVEL: 'silent',
    // Three seconds of CPU for each content, and other points on other machines.
    SPAMASSASSIN: 'no',
    ...environment,
  });
  const house = await openHouse(config);
  const services = await startServices(house, 'all');
  const workers = await startWorkers(house, { scheduled: false });
  let ended: Promise<void> | undefined;
  const endAll = async (): Promise<void> => {
    await services.stop();
    await workers.stop();
    await house.close();
    await week.close();
  };
  const end = (): Promise<void> => (ended ??= endAll());
  const stop = async (): Promise<void> => {
    await end();
    rmSync(directory, { recursive: true, force: true });
  };
  return { house, week, directory, end, stop };
}
