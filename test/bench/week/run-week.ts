// One week: sources and readers in, then every stage as in production, one after the other so that each has its own time.
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import { enqueueDueSources } from '../../../core/enqueue-due-sources.ts';
import { loadTotals } from '../../../core/store/totals.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { scheduleIssue } from '../../../core/store/issue-times.ts';
import { approveIssue, issueOfWeek, type Issue } from '../../../core/store/issues.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { addSources, checkSourcesNow } from '../../../core/store/sources.ts';
import { weekOf } from '../../../core/week.ts';
import { waitUntilQuiet } from '../../../services/cli/once.ts';
import { importOpml } from '../../../core/opml/import-opml.ts';
import { readOpml } from '../../../core/opml/read-opml.ts';
import type { OpenWeek } from './open-week.ts';
import { readOutcome, type Outcome } from './read-outcome.ts';
import { watchStages } from './watch-stages.ts';

export interface WeekReader {
  email: string;
  interests: string[];
}

const storiesALetter = 12;
const silent = { start: () => undefined, at: () => undefined, done: () => undefined };
/** Stories and topics of a first week take minutes on a slow machine, and nothing that can be counted changes meanwhile. */
const timeoutMs = 30 * 60_000;

/** Runs the week and reads what came of it; sources and readers are added in the first one only. */
export async function runWeek(
  { house, url }: OpenWeek,
  { readers, isFirst }: { readers: WeekReader[]; isFirst: boolean },
): Promise<Outcome> {
  const stages = watchStages();
  if (isFirst) await settle(house, { url, readers });
  await stages.timed('ingest', async () => {
    await checkSourcesNow(house.db, house.now());
    await enqueueDueSources(house);
    await quiet(house, ['ingest']);
  });
  await stages.timed('understand', () => quiet(house, ['understand']));
  const issue = await stages.timed('draft', () => draft(house));
  await stages.timed('approve', () => approve(house, issue));
  await stages.timed('rank', async () => {
    await house.queue.enqueue('issue.rank', { issueId: issue.id });
    await quiet(house, ['rank']);
  });
  await stages.timed('render', async () => {
    await house.queue.enqueue('issue.render', { issueId: issue.id });
    await quiet(house, ['compose', 'rank', 'letters']);
  });
  const { timings, probe } = stages.stop();
  return { ...(await readOutcome(house, issue)), timings, probe };
}

/** Stories and topics searched once more with nothing new come in: what came of the same week then. */
export async function searchAgain(house: House): Promise<Omit<Outcome, 'timings' | 'probe'>> {
  await house.queue.enqueue('stories.find', {});
  await quiet(house, ['understand']);
  const issue = await issueOfWeek(house.db, weekOf(house.now(), house.config.TIMEZONE).monday);
  return readOutcome(house, issue!);
}

async function settle(house: House, { url, readers }: { url: string; readers: WeekReader[] }): Promise<void> {
  const lists = (await (await fetch(`${url}/lists.json`)).json()) as string[];
  await addSources(
    house.db,
    lists.map((list) => ({ kind: 'arxiv', title: `arXiv ${list.split('/').at(-1)}`, url: list })),
  );
  await importOpml(house.db, readOpml(await (await fetch(`${url}/sources-recent.opml`)).text()));
  const wanting = readers.map(({ email, interests }) => ({ email, interests, length: storiesALetter }));
  await addReaders(house.db, { readers: wanting, wording: 'reader of the benchmark', at: house.now() });
}

async function quiet(house: House, lanes: Parameters<typeof waitUntilQuiet>[1]): Promise<void> {
  const detail = async (): Promise<string> => JSON.stringify(await loadTotals(house.db));
  await waitUntilQuiet(house, lanes, { progress: silent, detail, timeoutMs });
}

async function draft(house: House): Promise<Issue> {
  await house.queue.enqueue('issue.draft', {});
  await quiet(house, ['compose', 'rank']);
  const issue = await issueOfWeek(house.db, weekOf(house.now(), house.config.TIMEZONE).monday);
  if (!issue) throw new Error('no issue was drafted of this week');
  return issue;
}

/** As it is: no curator has touched it. */
async function approve({ db, now }: House, { id: issueId }: Issue): Promise<void> {
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash, approvedBy: 'the benchmark', at: now() });
  await scheduleIssue(db, { issueId, sendAt: now() });
}
