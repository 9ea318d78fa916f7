// `courant draft`: drafts the issue of this week now.
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { issueOfWeek } from '../../core/store/issues.ts';
import { weekOf } from '../../core/week.ts';
import { PermanentError } from '../../core/errors.ts';
import { waitUntilQuiet, workOnce } from './once.ts';
import { createProgress } from './progress.ts';

/** Enqueues the draft and prints what stands in the issue of this week afterwards. */
export async function runDraft(): Promise<void> {
  await workOnce(async (house) => {
    const progress = createProgress(process.stdout);
    progress.start('draft');
    await house.queue.enqueue('issue.draft', {});
    await waitUntilQuiet(house, ['compose'], { progress, detail: async () => 'choosing and summing up' });
    const issue = await issueOfWeek(house.db, weekOf(house.now(), house.config.TIMEZONE).monday);
    const { draftWait } = await loadSettings(house.db);
    if (!issue && draftWait)
      throw new PermanentError(
        'The draft waits: sources are due, or items are not read through yet. Run "courant ingest" first; after an hour it is drafted without them.',
      );
    if (!issue)
      throw new PermanentError('There is nothing to draft from: no story of this week. Run "courant ingest" first.');
    const { cards, pool } = await loadIssueContent(house.db, issue.id);
    progress.done(
      `${issue.title} (${issue.status}): ${cards.length} stories for the curator and ${pool?.count ?? 0} more for the ranker, at ${house.config.DESK_URL}/desk/issues/${issue.id}`,
    );
  });
}
