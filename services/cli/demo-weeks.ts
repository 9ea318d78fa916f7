// Three past weeks with readers who read them, then the demo week up to where a curator comes in: in review, with two things to fix.
import { DateTime } from 'luxon';
import type { House } from '../../core/house.ts';
import { allBoards, countBoard } from '../../core/store/boards.ts';
import { recordAudit } from '../../core/store/curators.ts';
import { loadTotals } from '../../core/store/totals.ts';
import { setOpening } from '../../core/store/issue-edits.ts';
import { editIssue, issueById, issueOfWeek, type Issue } from '../../core/store/issues.ts';
import { weekOf } from '../../core/week.ts';
import { earlierWeeks } from '../../infra/demo-week/earlier-weeks.ts';
import type { DemoWeek } from '../../infra/demo-week/server.ts';
import type { DemoClock } from './demo-clock.ts';
import { audienceAt } from './demo-readers.ts';
import { visitLetters } from './demo-visits.ts';
import { waitUntilQuiet } from './once.ts';
import type { Progress } from './progress.ts';
import { approve, demoCurator, readAndDraft, readWeek, send } from './tour.ts';
import { welcomeNewcomers } from './welcome-newcomers.ts';

const opening =
  'Low-rank adaptation turns up in four places this week, a state-space model challenges attention, and Whisper listens to 680,000 hours of speech.';

interface Demo {
  house: House;
  week: DemoWeek;
  clock: DemoClock;
  progress: Progress;
}

/** Makes what is not made yet, whenever an earlier run ended; returns the newest issue, and whether it was made now. */
export async function makeDemoWeeks(demo: Demo): Promise<{ issue: Issue; isNew: boolean }> {
  const { house, week, clock } = demo;
  const { monday } = weekOf(clock.started, house.config.TIMEZONE);
  const made = await issueOfWeek(house.db, monday);
  if (made && made.status !== 'draft') {
    week.showAt(clock.started, { rewritten: true });
    await welcome(demo);
    return { issue: made, isNew: false };
  }
  for (let weeksAgo = earlierWeeks; weeksAgo >= 1; weeksAgo--) await makePastWeek(demo, weeksAgo);
  const issue = await makeDraft(demo);
  clock.return();
  await welcome(demo);
  return { issue, isNew: true };
}

async function welcome({ house, progress }: Demo): Promise<void> {
  progress.start('welcome');
  await welcomeNewcomers(house, progress);
  progress.done('a first letter for whoever confirmed since No 3');
}

/** Reads, drafts, approves and sends the issue of a past week on its day, and lets its readers come by. */
async function makePastWeek({ house, week, clock, progress }: Demo, weeksAgo: number): Promise<void> {
  week.showAt(clock.goBack(weeksAgo));
  progress.start(weeksAgo === 1 ? 'a week ago' : `${weeksAgo} weeks ago`);
  const inside: Progress = { start: () => undefined, at: (detail) => progress.at(detail), done: () => undefined };
  const before = await loadTotals(house.db);
  const issue = await readAndDraft(house, week, { progress: inside, readers: audienceAt(weeksAgo) });
  await dateToday(house, issue);
  await approve(house, issue, inside);
  await send(house, issue.id, inside);
  await visitLetters(house, { issueId: issue.id, number: issue.number });
  const after = await loadTotals(house.db);
  progress.done(
    `No ${issue.number}: ${after.items - before.items} items, ${after.submittedMails - before.submittedMails} mails`,
  );
}

/** The demo sends at once, on whatever day it is run; an issue of a Monday that is dated Saturday would tell of days to come. */
async function dateToday({ db, now, config }: House, { id, status, title, intro }: Issue): Promise<void> {
  if (status !== 'draft' && status !== 'in_review') return;
  const date = DateTime.fromJSDate(now(), { zone: config.TIMEZONE }).toISODate()!;
  await editIssue(db, id, (tx) => setOpening(tx, id, { title, intro, date, by: demoCurator.name }));
}

/** The demo week as a curator finds it: drafted, an opening written, a text rewritten at its source since, links asked. */
async function makeDraft({ house, week, clock, progress }: Demo): Promise<Issue> {
  clock.goBack(0);
  week.showAt(clock.started);
  const { id } = await readAndDraft(house, week, { progress, readers: audienceAt(0) });
  progress.start('review');
  week.showAt(clock.started, { rewritten: true });
  await readWeek(house, week, { start: () => undefined, at: (detail) => progress.at(detail), done: () => undefined });
  await house.queue.enqueue('links.check', {});
  await house.queue.enqueue('ranking.judge', {});
  await house.queue.enqueue('figures.count', {});
  // Some were counted minutes ago, in the middle of the reading, and are not due.
  for (const board of allBoards) await countBoard(house.db, board, house.now());
  await waitUntilQuiet(house, ['ingest', 'train', 'upkeep'], {
    progress,
    detail: async () => 'asking links, judging the ranking',
  });
  await writeOpening(house, id);
  await house.queue.enqueue('issue.rank', { issueId: id });
  await waitUntilQuiet(house, ['rank', 'compose'], { progress, detail: async () => 'ranking for the proofs' });
  progress.done('an opening by the demo curator, and two things that the gate stops');
  return (await issueById(house.db, id))!;
}

/** The edit that brings the draft to review: the last of what is made, so that it tells whether all of it was. */
async function writeOpening({ db, now }: House, id: number): Promise<void> {
  const issue = (await issueById(db, id))!;
  const before = { title: issue.title, intro: issue.intro };
  const after = { title: issue.title, intro: opening };
  await editIssue(db, id, async (tx) => {
    await setOpening(tx, id, { ...after, by: demoCurator.name });
    await recordAudit(tx, { actor: demoCurator.name, action: 'edit the subject and the intro', subject: `issue ${id}`, before, after, at: now() }); // prettier-ignore
  });
}
