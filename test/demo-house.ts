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
import { freePort } from './free-port.ts';

/** Progress that nobody watches. */
export const silent = { start: () => undefined, at: () => undefined, done: () => undefined };

export interface DemoHouse {
  house: House;
  week: DemoWeek;
  directory: string;
  stop: () => Promise<void>;
}

/** Opens it with every room and every worker, the schedule apart; `environment` adds to its config. */
export async function openDemoHouse(environment: Record<string, string> = {}): Promise<DemoHouse> {
  const week = await serveDemoWeek({ now: new Date() });
  const directory = mkdtempSync(join(tmpdir(), 'courant-demo-'));
  cpSync(emptyDatabaseDirectory, join(directory, 'db'), { recursive: true });
  const config = parseConfig({
    DATA_DIR: directory,
    PORT: String(await freePort()),
    ALLOW_ADDRESSES: new URL(week.url).host,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const house = await openHouse(config);
  const services = await startServices(house, 'all');
  const workers = await startWorkers(house, { scheduled: false });
  const stop = async (): Promise<void> => {
    await services.stop();
    await workers.stop();
    await house.close();
    await week.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { house, week, directory, stop };
}
