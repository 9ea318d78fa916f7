// `npm run demo`: the whole pipeline in one process on the demo week and three before it, without key or network, then the site stays up.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { readConfig, type Config } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';
import { openHouse, type House } from '../../core/house.ts';
import { configToListen } from '../../core/process.ts';
import { linksOf } from '../../core/links.ts';
import { createSignInLink } from '../../core/desk/sign-in-link.ts';
import { addCurator } from '../../core/store/curators.ts';
import { loadTotals, type Totals } from '../../core/store/totals.ts';
import { listIssues, type Issue, type IssueHead } from '../../core/store/issues.ts';
import { countReaders } from '../../core/store/readers.ts';
import { saveSettings } from '../../core/store/settings.ts';
import { earlierWeeks } from '../../infra/demo-week/earlier-weeks.ts';
import { moveDemoSources } from '../../infra/demo-week/move-sources.ts';
import { serveDemoWeek } from '../../infra/demo-week/server.ts';
import { startSchedule } from '../../workers/schedule.ts';
import { startWorkers } from '../../workers/start.ts';
import { startServices } from '../start.ts';
import { openDemoClock } from './demo-clock.ts';
import { makeDemoWeeks } from './demo-weeks.ts';
import { createProgress } from './progress.ts';
import { demoCurator } from './tour.ts';

export interface DemoOptions {
  /** The directory of the demo's own database and outbox; left out: `demo` in DATA_DIR, beside what is not the demo's. */
  data?: string;
  /** Logs every event to standard error. */
  verbose: boolean;
}

/** Makes the weeks and prints where to look; with `exit` it prints one last line and ends instead. */
export async function runDemo({ exit, ...options }: DemoOptions & { exit: boolean }): Promise<void> {
  const started = performance.now();
  const progress = createProgress(process.stdout);
  process.stdout.write('\nCourant demo: a month of machine learning, on this machine only.\n\n');
  progress.start('open');
  const { DATA_DIR: directory, TIMEZONE: zone } = readConfig(demoValues(options));
  mkdirSync(directory, { recursive: true });
  const clock = openDemoClock({ directory, zone, now: () => new Date() });
  const week = await serveDemoWeek({ now: clock.started, earlier: true });
  const config = await configToListen(demoValues({ ...options, allow: new URL(week.url).host }));
  const house = await openHouse(config, () => clock.now());
  const services = await startServices(house, 'all');
  const workers = await startWorkers(house, { scheduled: false });
  let stopSchedule = (): void => undefined;
  const close = async (): Promise<void> => {
    stopSchedule();
    await services.stop();
    await workers.stop();
    await house.close();
    await week.close();
  };
  progress.done(`database and queue in ${config.DATA_DIR}, site on ${config.PUBLIC_URL}`);
  try {
    await saveSettings(house.db, { setUp: true, postalAddress: 'Demo Street 1, 12345 Anywhere' });
    const before = { items: (await loadTotals(house.db)).items, mails: countMails(house.config) };
    await moveDemoSources(house.db, week);
    const { issue, isNew } = await makeDemoWeeks({ house, week, clock, progress });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    await report(house, { before, issue, isNew, seconds, exit });
  } catch (error) {
    await close();
    throw error;
  }
  // Only now: what it enqueues belongs to the time of the machine.
  if (!exit) stopSchedule = startSchedule(house);
  if (exit) await close();
  else closeWithGrace({ delay: 10_000 }, close);
}

/** The demo never mails anybody and never leaves this machine, whatever the environment says. */
function demoValues({ data, verbose, allow = '' }: DemoOptions & { allow?: string }) {
  return {
    overrides: {
      DATABASE_URL: '',
      REDIS_URL: '',
      SMTP_URL: '',
      HOST: '127.0.0.1',
      TRUST_PROXY: '',
      PUBLIC_URL: '',
      DESK_URL: '',
      EMBEDDER: 'embedded',
      ALLOW_ADDRESSES: allow,
      CHECK_LINKS: 'no',
      LOOK_UP_PAPERS: 'no',
      DATA_DIR: data ?? join(readConfig().DATA_DIR, 'demo'),
      LOG_LEVEL: verbose ? 'debug' : 'silent',
    },
  };
}

interface Outcome {
  before: { items: number; mails: number };
  issue: Issue;
  isNew: boolean;
  seconds: string;
  exit: boolean;
}

async function report(house: House, { before, issue, isNew, seconds, exit }: Outcome): Promise<void> {
  const totals = await loadTotals(house.db);
  const issues = await listIssues(house.db);
  const mails = countMails(house.config);
  const missing = isNew ? missingOf(totals, { issues, newest: issue, mails }) : [];
  if (missing.length > 0) throw new PermanentError(`The demo is incomplete: ${missing.join('; ')}.`);
  const { sources, items, stories, topics } = totals;
  const readers = Object.values(await countReaders(house.db)).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`\n  New in this run: ${items - before.items} items, ${mails - before.mails} mails.\n`);
  const counted = `${sources} sources, ${items} items, ${stories} stories, ${topics} topics, ${issues.length} issues, ${readers} readers, ${mails} mails`;
  if (exit) process.stdout.write(`demo: ${counted}, ${seconds} s\n`);
  else process.stdout.write(`  ${counted}, ${seconds} s\n${await addresses(house, { issue, issues })}`);
}

/** What a complete demo must have; each line that is not so is named. */
function missingOf(
  totals: Totals,
  { issues, newest, mails }: { issues: readonly IssueHead[]; newest: Issue; mails: number },
): string[] {
  const sent = issues.filter(({ status }) => status === 'sent').length;
  const checks: [boolean, string][] = [
    [totals.items > 150, `only ${totals.items} items were read`],
    [totals.itemsWithoutVector === 0, `${totals.itemsWithoutVector} items have no vector`],
    [totals.joinedStories >= 30, `only ${totals.joinedStories} stories have items of several sources`],
    [totals.topics > 1, 'no topics were found'],
    [sent === earlierWeeks, `${sent} of ${earlierWeeks} past issues were sent`],
    [newest.status === 'in_review', `the newest issue is ${newest.status}, not in review`],
    [mails >= sent * 30, `only ${mails} mails are in the outbox`],
  ];
  return checks.filter(([holds]) => !holds).map(([, words]) => words);
}

function countMails({ DATA_DIR }: Config): number {
  const outbox = join(DATA_DIR, 'outbox');
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')).length : 0;
}

async function addresses(
  { db, config, now }: House,
  { issue, issues }: { issue: Issue; issues: readonly IssueHead[] },
): Promise<string> {
  const curator = await addCurator(db, demoCurator);
  const desk = await createSignInLink(db, {
    curatorId: curator.id,
    deskUrl: config.DESK_URL,
    now: now(),
    minutes: 24 * 60,
  });
  const links = linksOf(config.PUBLIC_URL);
  const lastSent = issues.find(({ status }) => status === 'sent') ?? issue;
  return `
  Site     ${links.home}
  Archive  ${links.issue(lastSent.slug)}
  Outbox   ${links.outbox}
  Desk     ${desk}
           (signs you in once, as the demo curator; No ${issue.number} is open at ${config.DESK_URL}/desk/issues/${issue.id})

  Stop it with Ctrl-C; the same command goes on where it stopped.
`;
}
