// stories -> draft issue: one a week, suggested by the editor's rules and left to a curator.
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { createDraft, issueOfWeek, type DraftStory } from '../../core/store/issues.ts';
import { uncarriedStories } from '../../core/store/uncarried-stories.ts';
import { weekOf } from '../../core/week.ts';
import { untilStopped } from '../threads.ts';
import { askForSummaries } from './ask-for-summaries.ts';
import { placeOnMap } from './place-on-map.ts';
import { sortDraftAgain } from './sort-again.ts';
import { sortIntoSections } from './sort-sections.ts';
import { suggestStories, type Suggestion } from './suggest.ts';
import { summariseStories } from './summarise-stories.ts';
import { writeIntro, writeSubject } from './write-intro.ts';

/** A week back from the draft, since what came after the last Friday's draft is news on this Friday. */
const newsMs = 7 * 86_400_000;

/** Answers `issue.draft`, `issue.summarise` and `issue.sort`. */
export function composeHandlers(house: House): Handlers {
  return {
    'issue.draft': (_nothing, stop) => untilStopped(stop, () => draftIssue(house, stop)),
    'issue.summarise': ({ issueId }, stop) => untilStopped(stop, () => askForSummaries(house, issueId, stop)),
    'issue.sort': ({ issueId }, stop) => untilStopped(stop, () => sortDraftAgain(house, issueId, stop)),
  };
}

async function draftIssue(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now, queue } = house;
  const elapsedMs = measureElapsed();
  const week = weekOf(now(), config.TIMEZONE);
  if (await issueOfWeek(db, week.monday)) return;
  const since = new Date(Math.min(week.start.getTime(), now().getTime() - newsMs));
  const suggested = suggestStories(await uncarriedStories(db, { since, until: week.end }), now());
  if (suggested.length === 0) {
    log.debug({ event: 'issue.nothing_new', week: week.monday });
    return;
  }
  const leads = suggested.filter(({ role }) => role === 'pick').map(({ story }) => story);
  const issueId = await createDraft(db, {
    week: week.monday,
    slug: week.slug,
    titleOf: (number) => writeSubject({ leads }) ?? `No ${number}`,
    intro: writeIntro({ stories: suggested.map(({ story }) => story), leads }),
    ...(await understand(house, suggested, stop)),
  });
  // Undefined when another process was quicker.
  if (issueId === undefined) return;
  log.info({ event: 'issue.drafted', issueId, stories: suggested.length, ms: elapsedMs() });
  await queue.ring('issue.rank', { issueId });
  if (config.SUMMARY_URL) await queue.ring('issue.summarise', { issueId });
}

/** The section, the summary and the place on the map of each story. */
async function understand(
  house: House,
  suggested: readonly Suggestion[],
  stop: AbortSignal,
): Promise<{ stories: DraftStory[]; mapReach: number }> {
  const headlines = suggested.map(({ story }) => story.items[0]!);
  const itemIds = headlines.map(({ id }) => id);
  const choices = await sortIntoSections(house, headlines, stop);
  const summaries = await summariseStories(
    house.db,
    suggested.map(({ story }) => story),
  );
  const { places, reach } = await placeOnMap(house, itemIds, stop);
  const stories = suggested.map(({ story, role }, at) => ({
    storyId: story.id,
    role,
    ...choices[at]!,
    ...summaries[at]!,
    place: places.get(itemIds[at]!),
  }));
  return { stories, mapReach: reach };
}
