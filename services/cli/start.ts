// `courant start` and `services/main.ts MODE`: the rooms of a mode, with the workers in the same process for `all`.
import { join } from 'node:path';
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { runProcess } from '../../core/process.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { startWorkers } from '../../workers/start.ts';
import { createSetupLink } from '../admin/curators/setup-link.ts';
import { startServices, type Mode } from '../start.ts';
import { describeOutbox, hasOutbox } from '../web/outbox.ts';

/** Runs a mode until it is told to stop, and prints where it is; on a first start also the link to the page that sets it up. */
export function runMode(mode: Mode): Promise<void> {
  return runProcess(async (house) => {
    const services = await startServices(house, mode);
    const workers = mode === 'all' ? await startWorkers(house) : undefined;
    process.stdout.write(await welcome(house, mode));
    return {
      async stop() {
        await services.stop();
        await workers?.stop();
      },
    };
  });
}

async function welcome({ config, db }: House, mode: Mode): Promise<string> {
  const hasDesk = mode === 'all' || mode === 'admin';
  const lines = [`Courant runs (${mode}).`];
  if (mode === 'all' || mode === 'web') lines.push(`  site  ${linksOf(config.PUBLIC_URL).home}`);
  // Before the first run there is nobody who could sign in at the desk.
  const isSetUp = (await loadSettings(db)).setUp === true;
  if (hasDesk && isSetUp) lines.push(`  desk  ${config.DESK_URL}/desk`);
  if (hasDesk && hasOutbox(config)) {
    lines.push(`  mails are files in ${join(config.DATA_DIR, 'outbox')}, sign-in links among them (sign-in-*.eml)`);
    lines.push(`  shown without those at ${describeOutbox(config)}`);
  }
  if (hasDesk && !isSetUp) {
    const link = await createSetupLink(db, { deskUrl: config.DESK_URL });
    lines.push('', 'First run: open this link once to choose sources and a mail sender.', `  ${link}`);
  }
  return `\n${lines.join('\n')}\n\nStop it with Ctrl-C.\n`;
}
