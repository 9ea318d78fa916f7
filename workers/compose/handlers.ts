// stories -> draft issue: one a week, suggested by the editor's rules and left to a curator.
import { DateTime } from 'luxon';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { createDraft, issueOfWeek, type DraftStory } from '../../core/store/issues.ts';
import { listSources } from '../../core/store/sources.ts';
import { uncarriedStories, type UncarriedStory } from '../../core/store/uncarried-stories.ts';
import { readableDate, weekOf } from '../../core/week.ts';
import { chooseSection } from './choose-section.ts';
import { suggestStories, type Suggestion } from './suggest.ts';
import { summarise } from './summarise.ts';
import { troubledSources } from './troubled-sources.ts';
import { writeIntro } from './write-intro.ts';

/** A week back from the draft, since what came after the last Friday's draft is news on this Friday. */
const newsMs = 7 * 86_400_000;

/** Answers `issue.draft`. */
export function composeHandlers(house: House): Handlers {
  return { 'issue.draft': () => draftIssue(house) };
}

async function draftIssue({ config, db, log, now, queue }: House): Promise<void> {
  const week = weekOf(now(), config.TIMEZONE);
  if (await issueOfWeek(db, week.monday)) return;
  const since = new Date(Math.min(week.start.getTime(), now().getTime() - newsMs));
  const suggested = suggestStories(await uncarriedStories(db, { since, until: week.end }), now());
  if (suggested.length === 0) {
    log.debug({ event: 'issue.nothing_new', week: week.monday });
    return;
  }
  const saturday = readableDate(DateTime.fromISO(week.monday).plus({ days: 5 }).toISODate()!, config.TIMEZONE);
  const issueId = await createDraft(db, {
    week: week.monday,
    slug: week.slug,
    titleOf: (number) => `No ${number}, ${saturday}`,
    intro: writeIntro({
      stories: suggested.map(({ story }) => story),
      troubled: troubledSources(await listSources(db)),
    }),
    stories: suggested.map(toDraftStory),
  });
  // Undefined when another process was quicker.
  if (issueId === undefined) return;
  log.info({ event: 'issue.drafted', issueId, stories: suggested.length });
  await queue.ring('issue.rank', { issueId });
}

function toDraftStory({ story, role }: Suggestion): DraftStory {
  return { storyId: story.id, section: chooseSection(story), role, summary: summaryOf(story) };
}

/** The headline's own words, else those of the first item of the story that has whole sentences. */
function summaryOf({ items }: UncarriedStory): string[] {
  for (const { text, lang } of items) {
    const sentences = summarise(text, { lang });
    if (sentences.length > 0) return sentences;
  }
  return [];
}
