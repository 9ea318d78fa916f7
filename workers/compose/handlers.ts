// stories -> draft issue: one a week, suggested by the editor's rules and left to a curator.
import { measureElapsed } from '../../core/elapsed.ts';
import { isTranslated } from '../../core/editions/edition-langs.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { promotedStories } from '../../core/store/inbox.ts';
import { createDraft, issueOfWeek } from '../../core/store/issues.ts';
import { wordsIn } from '../../core/words.ts';
import { issueDay, weekOf } from '../../core/week.ts';
import { untilStopped } from '../../core/threads.ts';
import { askForSummaries } from './ask-for-summaries.ts';
import { createDrafting } from './editions/draft-editions.ts';
import { layPool } from './lay-pool.ts';
import { sortDraftAgain } from './sort-again.ts';
import { redraft } from './redraft.ts';
import { newsOfWeek } from './news-of-week.ts';
import { candidateCount, suggestStories } from './suggest.ts';
import { understand } from './understand.ts';
import { endWait, waitForNews } from './wait-for-news.ts';
import { writeIntro, writeSubject } from '../../core/desk/write-intro.ts';
import { weekMs } from '../../core/time.ts';

/** A week back from the draft, since what came after the last Friday's draft is news on this Friday. */
const newsMs = weekMs;

/** Answers `issue.draft`, `issue.redraft`, `issue.pool`, `issue.summarise`, `issue.translate` and `issue.sort`. */
export function composeHandlers(house: House): Handlers {
  const draftEditions = createDrafting(house);
  return {
    'issue.draft': (_nothing, stop) => untilStopped(stop, () => draftIssue(house, stop)),
    'issue.redraft': ({ issueId }, stop) => untilStopped(stop, () => redraft(house, issueId, stop)),
    'issue.pool': ({ issueId }, stop) => untilStopped(stop, () => layPool(house, issueId, stop)),
    'issue.summarise': ({ issueId }, stop) => untilStopped(stop, () => askForSummaries(house, issueId, stop)),
    'issue.translate': ({ issueId }, stop) => untilStopped(stop, () => draftEditions(issueId, stop)),
    'issue.sort': ({ issueId }, stop) => untilStopped(stop, () => sortDraftAgain(house, issueId, stop)),
  };
}

async function draftIssue(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now, queue } = house;
  const elapsedMs = measureElapsed();
  const week = weekOf(now(), config.TIMEZONE);
  if (await issueOfWeek(db, week.monday)) return;
  const since = new Date(Math.min(week.start.getTime(), now().getTime() - newsMs));
  const { isReady, missing } = await waitForNews(house, { monday: week.monday, newsSince: since });
  if (!isReady) return;
  const suggested = suggestStories(await newsOfWeek(db, { since, until: week.end }), now(), await promotedStories(db));
  if (suggested.length === 0) {
    log.debug({ event: 'issue.nothing_new', week: week.monday });
    await endWait(house);
    return;
  }
  const candidates = suggested.slice(0, candidateCount);
  const { understood, mapReach } = await understand(house, candidates.map(({ story }) => story), { stop }); // prettier-ignore
  const words = wordsIn(config.SITE_LANGUAGE);
  const leads = suggested.filter(({ role }) => role === 'pick').map(({ story }) => story);
  const issueId = await createDraft(db, {
    week: week.monday,
    slug: week.slug,
    date: issueDay(now(), config),
    titleOf: (number) => writeSubject({ leads }) ?? words.say('issue.number', { n: number }),
    intro: writeIntro({ stories: suggested.map(({ story }) => story), leads }, words),
    mapReach,
    stories: candidates.map(({ story, role }, at) => ({ storyId: story.id, role, ...understood[at]! })),
    pool: { newsSince: since, askedAt: now() },
    missing,
  });
  // Undefined when another process was quicker.
  if (issueId === undefined) return;
  log.info({ event: 'issue.drafted', issueId, stories: suggested.length, ms: elapsedMs() });
  await queue.enqueue('issue.pool', { issueId });
  if (config.SUMMARY_URL) await queue.enqueue('issue.summarise', { issueId });
  if (isTranslated(config)) await queue.enqueue('issue.translate', { issueId });
}
