// The demo week in a house of its own: read and drafted, every room open on a free port, waiting for a person to click.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../core/config.ts';
import { openHouse, type House } from '../../core/house.ts';
import { addCurator, type Role } from '../../core/store/curators.ts';
import type { Issue } from '../../core/store/issues.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { serveDemoWeek } from '../../infra/demo-week/server.ts';
import { createSignInLink } from '../../services/admin/sign-in-link.ts';
import { readAndDraft, runTour } from '../../services/cli/tour.ts';
import { startServices } from '../../services/start.ts';
import { startWorkers } from '../../workers/start.ts';

const silent = { start: () => undefined, at: () => undefined, done: () => undefined };

export interface DemoSite {
  house: House;
  /** Where the site answers, without a slash at its end. */
  url: string;
  /** As it was drafted; later states are on the pages. */
  draft: Issue;
  /** Takes the tour to its end: approved, ranked, mailed. */
  send: () => Promise<void>;
  /** A link that signs a new curator of this role in once. */
  signInLink: (role: Role) => Promise<string>;
  stop: () => Promise<void>;
}

/** Opens the house, reads the week and drafts its issue. */
export async function openDemoSite(): Promise<DemoSite> {
  const week = await serveDemoWeek({ now: new Date() });
  const directory = mkdtempSync(join(tmpdir(), 'courant-browser-'));
  const config = parseConfig({
    DATA_DIR: directory,
    PORT: String(await freePort()),
    ALLOW_ADDRESSES: new URL(week.url).host,
    LOG_LEVEL: 'silent',
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
  await saveSettings(house.db, { setUp: true, publication: 'Courant', postalAddress: 'Street 1, Town' });
  const draft = await readAndDraft(house, week, silent).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const signInLink = async (role: Role): Promise<string> => {
    const { id } = await addCurator(house.db, { email: `${role}@desk.example`, name: `The ${role}`, role });
    return createSignInLink(house.db, { curatorId: id, deskUrl: config.DESK_URL, now: house.now(), minutes: 15 });
  };
  const send = async (): Promise<void> => void (await runTour(house, week, silent));
  return { house, url: config.PUBLIC_URL, draft, send, signInLink, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
