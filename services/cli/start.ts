// `courant start`: pages, mailer and workers in one process, until it is told to stop.
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { runProcess } from '../../core/process.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { startWorkers } from '../../workers/start.ts';
import { createSetupLink } from '../admin/setup-link.ts';
import { startServices } from '../start.ts';

/** Runs everything and prints where it is; on a first start, the link to the page that sets it up. */
export function runAll(): Promise<void> {
  return runProcess(async (house) => {
    const services = await startServices(house, 'all');
    const workers = await startWorkers(house);
    process.stdout.write(await addressesOf(house));
    return {
      async stop() {
        await services.stop();
        await workers.stop();
      },
    };
  });
}

async function addressesOf({ config, db }: House): Promise<string> {
  const { setUp } = await loadSettings(db);
  const site = `\nCourant runs.\n  site  ${linksOf(config.PUBLIC_URL).home}\n  desk  ${config.DESK_URL}/desk\n`;
  if (setUp) return `${site}\nStop it with Ctrl-C.\n`;
  const link = await createSetupLink(db, { deskUrl: config.DESK_URL });
  return `${site}\nFirst run: open this link once to choose sources and a mail sender.\n  ${link}\n\nStop it with Ctrl-C.\n`;
}
