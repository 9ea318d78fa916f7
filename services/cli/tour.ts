// The whole way of the data on the demo week: sources in, mails out, archive page up. The demo shows it, a test holds it.
import { approve as approveAs } from '../../core/desk/approve.ts';
import { schedule } from '../../core/desk/schedule.ts';
import { departedHash } from '../../core/crypto/departed-hash.ts';
import { hashContent } from '../../core/content-hash.ts';
import type { House } from '../../core/house.ts';
import { enqueueDueSources } from '../../core/enqueue-due-sources.ts';
import { loadTotals, type Totals } from '../../core/store/totals.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { issueById, listIssues, type Issue } from '../../core/store/issues.ts';
import { addReaders } from '../../core/store/readers.ts';
import { addSources, checkSourcesNow } from '../../core/store/sources.ts';
import { moveDemoSources } from '../../infra/demo-week/move-sources.ts';
import type { DemoWeek } from '../../infra/demo-week/server.ts';
import { demoReaders, type DemoReader } from './demo-readers.ts';
import { waitUntilQuiet } from './once.ts';
import type { Progress } from './progress.ts';

/** Who approves, and owns the desk of the demo. */
export const demoCurator = { email: 'curator@demo.example', name: 'demo curator', role: 'owner' } as const;

export interface TourResult extends Totals {
  newItems: number;
  newMails: number;
  issue: Issue;
}

/**
 * Runs every stage on the demo week; workers and mailer must be answering.
 * On data that has seen the week already it repeats nothing: no new item, no second issue, no second mail.
 */
export async function runTour(house: House, week: DemoWeek, progress: Progress): Promise<TourResult> {
  const before = await loadTotals(house.db);
  const issue = await readAndDraft(house, week, { progress });
  await approve(house, issue, progress);
  await send(house, issue.id, progress);
  const after = await loadTotals(house.db);
  return {
    ...after,
    newItems: after.items - before.items,
    newMails: after.submittedMails - before.submittedMails,
    issue: (await issueById(house.db, issue.id))!,
  };
}

/** The tour up to where a curator comes in: the week is read and understood, and an issue of it is drafted. */
export async function readAndDraft(
  house: House,
  week: DemoWeek,
  { progress, readers = demoReaders }: { progress: Progress; readers?: readonly DemoReader[] },
): Promise<Issue> {
  await addReaders(house.db, { readers, wording: 'demo reader', at: house.now(), hashOf: await departedHash(house) });
  await readWeek(house, week, progress);
  return draftWeek(house, progress);
}

/** Adds the sources of the week, has them read and what they published understood. */
export async function readWeek(house: House, week: DemoWeek, progress: Progress): Promise<void> {
  const { db } = house;
  progress.start('read');
  await moveDemoSources(db, week);
  await addSources(
    db,
    week.sources.map(({ kind, title, home, address, captionsAddress, section }) => ({
      kind,
      title,
      url: address,
      homeUrl: home,
      ...(section && { section }),
      options: captionsAddress ? { captionsUrl: `${captionsAddress}{id}`, captionsOnly: true } : {},
    })),
  );
  await checkSourcesNow(db, house.now());
  await enqueueDueSources(house);
  const detail = async (): Promise<string> => describeReading(await loadTotals(db));
  await waitUntilQuiet(house, ['ingest'], { progress, detail });
  progress.done(await detail());
  progress.start('understand');
  const understood = async (): Promise<string> => describeUnderstanding(await loadTotals(db));
  await waitUntilQuiet(house, ['understand'], { progress, detail: understood });
  progress.done(await understood());
}

function describeReading({ sources, items, transcripts, brokenSources, lateSources }: Totals): string {
  const troubles = `${brokenSources} broken, ${lateSources} late, as planned`;
  return `${sources} sources, ${items} items, ${transcripts} transcripts (${troubles})`;
}

function describeUnderstanding({ items, itemsWithoutVector, stories, joinedStories, topics }: Totals): string {
  return `${items - itemsWithoutVector} vectors, ${stories} stories (${joinedStories} from several sources), ${topics} topics`;
}

async function draftWeek(house: House, progress: Progress): Promise<Issue> {
  progress.start('draft');
  await house.queue.enqueue('issue.draft', {});
  await waitUntilQuiet(house, ['compose'], { progress, detail: async () => 'choosing and summing up' });
  // On data of an earlier week there is nothing new to draft from: its issue is the one to show.
  const [newest] = await listIssues(house.db);
  const issue = newest && (await issueById(house.db, newest.id));
  if (!issue) throw new Error('no issue was drafted, though the demo week was read');
  const { cards, sections } = await loadIssueContent(house.db, issue.id);
  progress.done(`${issue.title}: ${cards.length} stories in ${sections.length} sections`);
  return issue;
}

/** Approves an issue and has it sent now; one that was approved or scheduled by a run that ended is sent now, too. */
export async function approve(house: House, issue: Issue, progress: Progress): Promise<void> {
  if (issue.status === 'sending' || issue.status === 'sent') return;
  progress.start('approve');
  const isOpen = issue.status === 'draft' || issue.status === 'in_review';
  const seenHash = isOpen ? hashContent(await loadIssueContent(house.db, issue.id)) : issue.approvedHash!;
  const by = demoCurator.name;
  if (isOpen) await approveAs(house, { issueId: issue.id, seenHash, by });
  await schedule(house, { issueId: issue.id, by });
  progress.done(`by the demo curator, content ${seenHash.slice(0, 12)}`);
}

/** Sends an issue that is due, and waits until its letters are out. */
export async function send(house: House, issueId: number, progress: Progress): Promise<void> {
  progress.start('rank, mail');
  await house.queue.enqueue('issue.send', { issueId });
  const detail = async (): Promise<string> => {
    const { activeReaders, submittedMails } = await loadTotals(house.db);
    return `${submittedMails} mails to ${activeReaders} readers`;
  };
  await waitUntilQuiet(house, ['rank', 'compose', 'letters'], { progress, detail });
  progress.done(await detail());
}
