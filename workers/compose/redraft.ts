// a draft and what curators decided about it -> the same with new suggestions around that.
import { DateTime } from 'luxon';
import type { House } from '../../core/house.ts';
import { promotedStories } from '../../core/store/inbox.ts';
import { decidedStories, draftToRedo, saveRedraft } from '../../core/store/redrafts.ts';
import { wordsIn } from '../../core/words.ts';
import { weekOf } from '../../core/week.ts';
import { newsOfWeek } from './news-of-week.ts';
import { candidateCount, suggestStories, type Suggestion } from './suggest.ts';
import { understand } from './understand.ts';
import { writeIntro, writeSubject } from '../../core/desk/write-intro.ts';

/** Drafts an issue again when somebody asked for it; killed on the way it leaves the issue as it was. */
export async function redraft(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { config, db, log, now, queue } = house;
  const asked = await draftToRedo(db, issueId);
  if (!asked) return;
  const { end } = weekOf(DateTime.fromISO(asked.week, { zone: config.TIMEZONE }).toJSDate(), config.TIMEZONE);
  const all = await newsOfWeek(db, { since: asked.newsSince, until: end, except: issueId });
  const decided = await decidedStories(db, issueId);
  const isDecided = new Set(decided.map(({ storyId }) => storyId));
  const suggested = suggestStories(all.filter(({ id }) => !isDecided.has(id)), now(), await promotedStories(db)); // prettier-ignore
  const kept = decided.filter(({ role }) => role !== 'removed');
  const fresh = suggested.slice(0, Math.max(0, candidateCount - kept.length));
  const { understood } = await understand(house, fresh.map(({ story }) => story), { stop }); // prettier-ignore
  const positions = freePositions(fresh.length, new Set(decided.map(({ position }) => position)));
  const roles = rolesOf(fresh, decided.filter(({ role }) => role === 'pick').length); // prettier-ignore
  const leads = [
    ...decided.filter(({ role }) => role === 'pick').flatMap(({ storyId }) => all.filter(({ id }) => id === storyId)),
    ...fresh.filter((_, at) => roles[at] === 'pick').map(({ story }) => story),
  ];
  if (stop.aborted) return;
  await saveRedraft(db, {
    issueId,
    askedAt: asked.askedAt,
    title: writeSubject({ leads }),
    intro: writeIntro({ stories: all, leads }, wordsIn(config.SITE_LANGUAGE)),
    stories: fresh.map(({ story }, at) => ({ storyId: story.id, role: roles[at]!, position: positions[at]!, ...understood[at]! })), // prettier-ignore
    at: now(),
  });
  log.info({ event: 'issue.redrafted', issueId, kept: decided.length, suggested: fresh.length });
  await queue.enqueue('issue.pool', { issueId });
}

/** 1, 2, 3 ... without those that are taken. */
function freePositions(count: number, taken: ReadonlySet<number>): number[] {
  const free: number[] = [];
  for (let position = 1; free.length < count; position++) if (!taken.has(position)) free.push(position);
  return free;
}

/** As many picks are suggested as curators have not chosen themselves. */
function rolesOf(fresh: readonly Suggestion[], chosen: number): Suggestion['role'][] {
  let left = fresh.filter(({ role }) => role === 'pick').length - chosen;
  return fresh.map(({ role }) => (role === 'pick' && left-- > 0 ? 'pick' : 'pool'));
}
