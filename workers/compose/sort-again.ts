// a draft and what curators have corrected in it -> the stories nobody has placed, sorted again.
import type { House } from '../../core/house.ts';
import { editIssue, issueById } from '../../core/store/issues.ts';
import { saveSorting, storiesToSort } from '../../core/store/section-labels.ts';
import { sortIntoSections } from './sort-sections.ts';

/** Sorts what rules and curators have not placed; an issue that was approved meanwhile stays as it is. */
export async function sortDraftAgain(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { db, log, queue } = house;
  const issue = await issueById(db, issueId);
  if (issue?.status !== 'draft' && issue?.status !== 'in_review') return;
  const stories = await storiesToSort(db, issueId);
  const choices = await sortIntoSections(house, stories, stop);
  await editIssue(db, issueId, (tx) =>
    saveSorting(
      tx,
      issueId,
      choices.map((choice, at) => ({ ...choice, storyId: stories[at]!.storyId })),
    ),
  );
  log.info({ event: 'issue.sorted', issueId, stories: stories.length });
  await queue.ring('issue.rank', { issueId });
}
