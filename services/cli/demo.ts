// `npm run demo`: the whole pipeline in one process on the demo week, without key or network, then the site stays up.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { readConfig, type Config } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';
import { openHouse, type House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { addCurator } from '../../core/store/curators.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { serveDemoWeek, type DemoWeek } from '../../infra/demo-week/server.ts';
import { startWorkers } from '../../workers/start.ts';
import { createSignInLink } from '../../core/sign-in-link.ts';
import { startServices } from '../start.ts';
import { demoReaders } from './demo-readers.ts';
import { createProgress } from './progress.ts';
import { runTour, type TourResult } from './tour.ts';

export interface DemoOptions {
  /** The directory of the demo's own database and outbox; left out: `demo` in DATA_DIR, beside what is not the demo's. */
  data?: string;
  /** Logs every event to standard error. */
  verbose: boolean;
}

/** Runs the tour and prints where to look; with `exit` it prints one last line and ends instead. */
export async function runDemo({ exit, ...options }: DemoOptions & { exit: boolean }): Promise<void> {
  const started = performance.now();
  const progress = createProgress(process.stdout);
  process.stdout.write('\nCourant demo: a week of machine learning, on this machine only.\n\n');
  progress.start('open');
  const week = await serveDemoWeek({ now: new Date() });
  const config = demoConfig(week, options);
  const house = await openHouse(config);
  const services = await startServices(house, 'all');
  const workers = await startWorkers(house, { scheduled: !exit });
  const close = async (): Promise<void> => {
    await services.stop();
    await workers.stop();
    await house.close();
    await week.close();
  };
  progress.done(`database and queue in ${config.DATA_DIR}, site on ${config.PUBLIC_URL}`);
  try {
    await saveSettings(house.db, { setUp: true });
    const result = await runTour(house, week, progress);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    await report(house, { result, seconds, exit });
  } catch (error) {
    await close();
    throw error;
  }
  if (exit) await close();
  else closeWithGrace({ delay: 10_000 }, close);
}

/** The demo never mails anybody and never leaves this machine, whatever the environment says. */
function demoConfig(week: DemoWeek, { data, verbose }: DemoOptions): Config {
  return readConfig({
    overrides: {
      DATABASE_URL: '',
      REDIS_URL: '',
      SMTP_URL: '',
      HOST: '127.0.0.1',
      TRUST_PROXY: '',
      PUBLIC_URL: '',
      DESK_URL: '',
      EMBEDDER: 'embedded',
      ALLOW_ADDRESSES: new URL(week.url).host,
      DATA_DIR: data ?? join(readConfig().DATA_DIR, 'demo'),
      LOG_LEVEL: verbose ? 'debug' : 'silent',
    },
  });
}

async function report(house: House, { result, seconds, exit }: { result: TourResult; seconds: string; exit: boolean }) {
  const mails = countMails(house.config);
  const missing = missingOf(result, mails);
  if (missing.length > 0) throw new PermanentError(`The demo is incomplete: ${missing.join('; ')}.`);
  const { sources, items, stories, topics, activeReaders, newItems, newMails } = result;
  process.stdout.write(`\n  New in this run: ${newItems} items, ${newMails} mails.\n`);
  const totals = `${sources} sources, ${items} items, ${stories} stories, ${topics} topics, 1 issue, ${activeReaders} readers, ${mails} mails`;
  if (exit) process.stdout.write(`demo: ${totals}, ${seconds} s\n`);
  else process.stdout.write(`  ${totals}, ${seconds} s\n${await addresses(house, result)}`);
}

/** What a complete demo must have; each line that is not so is named. */
function missingOf(result: TourResult, mails: number): string[] {
  const checks: [boolean, string][] = [
    [result.items > 100, `only ${result.items} items were read`],
    [result.itemsWithoutVector === 0, `${result.itemsWithoutVector} items have no vector`],
    [result.joinedStories >= 25, `only ${result.joinedStories} stories have items of several sources`],
    [result.topics > 1, 'no topics were found'],
    [result.issue.status === 'sent', `the issue is ${result.issue.status}, not sent`],
    [
      result.activeReaders === demoReaders.length,
      `${result.activeReaders} of ${demoReaders.length} readers are active`,
    ],
    [mails === demoReaders.length && result.submittedMails === mails, `${mails} mails are in the outbox`],
  ];
  return checks.filter(([holds]) => !holds).map(([, words]) => words);
}

function countMails({ DATA_DIR }: Config): number {
  return readdirSync(join(DATA_DIR, 'outbox')).filter((name) => name.endsWith('.eml')).length;
}

async function addresses({ db, config, now }: House, { issue }: TourResult): Promise<string> {
  const curator = await addCurator(db, { email: 'curator@demo.example', name: 'Demo curator', role: 'owner' });
  const desk = await createSignInLink(db, {
    curatorId: curator.id,
    deskUrl: config.DESK_URL,
    now: now(),
    minutes: 24 * 60,
  });
  const links = linksOf(config.PUBLIC_URL);
  return `
  Site     ${links.home}
  Archive  ${links.issue(issue.slug)}
  Outbox   ${links.outbox}
  Desk     ${desk}
           (signs you in once, as the demo curator)

  Stop it with Ctrl-C; "npm run demo" goes on where it stopped.
`;
}
