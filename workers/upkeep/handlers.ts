// The jobs of what keeps pages and tables quick; nothing in the pipeline waits for them.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { boardsDue, countBoard } from '../../core/store/boards.ts';
import { issuesWithoutLedger, keepLedger } from '../../core/store/deliveries.ts';
import { countFigures, issueToCount } from '../../core/store/issue-figures.ts';
import { forgetOld } from '../../core/store/retention.ts';
import { openTemplates } from '../../core/templates.ts';
import { pingHub } from './ping-hub.ts';
import { remindCurators } from './remind-curators.ts';
import { analyseChanged } from '../../core/store/table-statistics.ts';
import { settleForgotten } from './settle-forgotten.ts';
import { sendHooks } from './send-hooks.ts';

/** Answers `tables.analyse`, `boards.count`, `ledgers.keep`, `issue.remind`, `figures.count`, `hooks.send`, `hub.ping` and `rows.forget`. */
export function upkeepHandlers(house: House): Handlers {
  const templates = openTemplates();
  return {
    'tables.analyse': () => analyseTables(house),
    'boards.count': (_nothing, stop) => countBoards(house, stop),
    'ledgers.keep': (_nothing, stop) => keepLedgers(house, stop),
    'issue.remind': async () => {
      await remindCurators(house);
      await settleForgotten(house, templates);
    },
    'figures.count': (_nothing, stop) => countIssues(house, stop),
    'hooks.send': (_nothing, stop) => sendHooks(house, stop),
    'hub.ping': (_nothing, stop) => pingHub(house, stop),
    'rows.forget': (_nothing, stop) => forgetRows(house, stop),
  };
}

/** A server's autovacuum clears dead rows away itself; PGlite has none. */
async function analyseTables({ config, db, log }: House): Promise<void> {
  const started = performance.now();
  const tables = await analyseChanged(db, { vacuum: !config.DATABASE_URL });
  if (tables.length > 0) log.info({ event: 'tables.analysed', tables, ms: Math.round(performance.now() - started) });
}

/** Counts the boards whose time has come. */
async function countBoards({ db, now }: House, stop: AbortSignal): Promise<void> {
  for (const board of await boardsDue(db, now())) {
    if (stop.aborted) return;
    await countBoard(db, board, now());
  }
}

/** Counts the ledgers of issues that went out before they were kept. */
async function keepLedgers({ db, now }: House, stop: AbortSignal): Promise<void> {
  for (const issueId of await issuesWithoutLedger(db)) {
    if (stop.aborted) return;
    await keepLedger(db, { issueId, now: now() });
  }
}

/** Counts what came of issues, newest first. */
async function countIssues({ config, db, now }: House, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const issue = await issueToCount(db, { now: now(), clicksDays: config.KEEP_CLICKS_DAYS });
    if (!issue) return;
    await countFigures(db, { issueId: issue.id, now: now() });
  }
}

/** Deletes what was kept long enough; nothing to do is a look at five indexes. */
async function forgetRows({ config, db, log, now }: House, stop: AbortSignal): Promise<void> {
  const keeping = {
    picksDays: config.KEEP_PICKS_DAYS,
    exposuresDays: config.KEEP_EXPOSURES_DAYS,
    clicksDays: config.KEEP_CLICKS_DAYS,
    answersDays: config.KEEP_ANSWERS_DAYS,
    noticesDays: config.KEEP_NOTICES_DAYS,
    rendersDays: config.KEEP_RENDERS_DAYS,
  };
  const forgotten = await forgetOld(db, { keeping, now: now(), stop });
  if (Object.keys(forgotten).length > 0) log.info({ event: 'rows.forgotten', ...forgotten });
}
