// A week's server in a process of its own and a whole Courant in this one, whose clock starts at the time of the week.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readConfig } from '../../../core/config.ts';
import { openHouse, type House } from '../../../core/house.ts';
import { startServices } from '../../../services/start.ts';
import { startWorkers } from '../../../workers/start.ts';
import { freePort } from '../../../core/network/free-port.ts';

export interface OpenWeek {
  house: House;
  /** Of the server: its lists of sources and its feeds. */
  url: string;
  close(): Promise<void>;
}

/** The second week's server listens where the first one's did, so that its sources are the same sources. */
let serverPort: number | undefined;

/** Opens both; `directory` keeps the store from one week to the next. The clock runs on from `now`. */
export async function openWeek({
  data,
  week,
  now,
  directory,
}: {
  data: string;
  week: number;
  now: Date;
  directory: string;
}): Promise<OpenWeek> {
  serverPort ??= await freePort();
  const options = ['--port', String(serverPort), '--data', data, '--week', String(week), '--now', now.toISOString()];
  const server = spawn(process.execPath, [join(data, 'serve.mjs'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await Promise.race([once(server.stdout, 'data'), once(server, 'exit')])) as [unknown];
  if (!String(said).startsWith('serving')) throw new Error(`the server of ${data} did not start: ${String(said)}`);
  const house = await openHouse(await configOf(directory), runOnFrom(now));
  const services = await startServices(house, 'all');
  const workers = await startWorkers(house, { scheduled: false });
  return {
    house,
    url: `http://127.0.0.1:${serverPort}`,
    async close() {
      await services.stop();
      await workers.stop();
      await house.close();
      server.kill();
    },
  };
}

function runOnFrom(now: Date): () => Date {
  const ahead = now.getTime() - Date.now();
  return () => new Date(Date.now() + ahead);
}

/** The product's defaults on the embedded database; it may ask the week's server and nobody else, and mails go to the outbox. */
async function configOf(directory: string) {
  return readConfig({
    overrides: {
      DATABASE_URL: '',
      REDIS_URL: '',
      SMTP_URL: '',
      PUBLIC_URL: '',
      DESK_URL: '',
      EMBEDDER: 'embedded',
      ALLOW_ADDRESSES: `127.0.0.1:${serverPort}`,
      DATA_DIR: directory,
      PORT: String(await freePort()),
      LOG_LEVEL: 'error',
    },
  });
}
