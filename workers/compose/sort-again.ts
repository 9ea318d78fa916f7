// a draft and what curators have corrected in it -> the stories nobody has sorted, sorted again; split ones summarised.
import type { House } from '../../core/house.ts';
import { bareStories, saveUnderstood, type UnderstoodStory } from '../../core/store/bare-stories.ts';
import { editIssue, issueById } from '../../core/store/issues.ts';
import { saveSorting, storiesToSort } from '../../core/store/section-labels.ts';
import { placeOnMap } from './place-on-map.ts';
import { sortIntoSections } from './sort-sections.ts';
import { summariseTogether } from './summarise-stories.ts';

/** Sorts what rules and curators have not sorted, and gives bare stories a summary and a point on the map; an issue that was approved meanwhile stays as it is. */
export async function sortDraftAgain(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { db, log, queue } = house;
  const issue = await issueById(db, issueId);
  if (issue?.status !== 'draft' && issue?.status !== 'in_review') return;
  const stories = await storiesToSort(db, issueId);
  const choices = await sortIntoSections(house, stories, stop);
  const understood = await understandBare(house, issueId, stop);
  await editIssue(db, issueId, async (tx) => {
    await saveUnderstood(tx, issueId, understood);
    await saveSorting(
      tx,
      issueId,
      choices.map((choice, at) => ({ ...choice, storyId: stories[at]!.storyId })),
    );
  });
  log.info({ event: 'issue.sorted', issueId, stories: stories.length });
  await queue.enqueue('issue.rank', { issueId });
}

async function understandBare(house: House, issueId: number, stop: AbortSignal): Promise<UnderstoodStory[]> {
  const bare = await bareStories(house.db, issueId);
  if (bare.length === 0) return [];
  const summaries = await summariseTogether(house.db, bare, stop);
  const headlines = bare.map(({ items }) => items[0]!.id);
  const { points } = await placeOnMap(house, headlines, stop);
  return bare.map(({ id }, at) => ({ storyId: id, ...summaries[at]!, place: points.get(headlines[at]!) }));
}
