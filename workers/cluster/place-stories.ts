// the window -> stories: found in a thread, saved under ids that last.
import type { Queryable } from '../../core/db.ts';
import { measureElapsed } from '../../core/elapsed.ts';
import type { House } from '../../core/house.ts';
import { decisionsAmong, type ItemDecision } from '../../core/store/item-decisions.ts';
import { keysOfMany } from '../../core/store/item-twins.ts';
import { saveStories, storiesById, type WindowItem } from '../../core/store/stories.ts';
import { runInThread } from '../../core/threads.ts';
import type { StorySearch } from './find-stories.ts';
import type { LinkedPair } from './linkage.ts';
import type { Window } from './load-window.ts';
import { planStories } from './plan-stories.ts';
import { withoutSeries } from './without-series.ts';

/** What a post is about stands in its first sentences; further down it names everything around it. */
const leadLength = 400;

/** Finds the stories of the window and saves what changed. */
export async function placeStories({ db, log, now }: House, window: Window, stop: AbortSignal): Promise<void> {
  const elapsedMs = measureElapsed();
  const { items: seen } = window;
  const found = await runInThread<typeof import('./find-stories.ts'), 'findStories'>({
    file: new URL('find-stories.ts', import.meta.url),
    name: 'findStories',
    pool: 'stories',
    input: await toSearch(db, window),
    stop,
  });
  const before = await storiesById(db, [...new Set(seen.flatMap(({ storyId }) => storyId ?? []))]);
  const stories = planStories({ seen, found, before, now: now() });
  if (stories.length > 0) await saveStories(db, { seen, stories, now: now() });
  log.info({
    event: 'stories.found',
    items: seen.length,
    stories: found.length,
    changed: stories.length,
    ms: elapsedMs(),
  });
}

async function toSearch(db: Queryable, { items: seen, vectors }: Window): Promise<StorySearch> {
  const numbers = new Map(seen.map(({ id }, number) => [id, number]));
  const decisions = await decisionsAmong(db, [...numbers.keys()]);
  const pairsOf = (wanted: ItemDecision['verdict']): LinkedPair[] =>
    decisions
      .filter(({ verdict }) => verdict === wanted)
      .map(({ itemA, itemB }) => [numbers.get(itemA)!, numbers.get(itemB)!]);
  const titles = withoutSeries(seen.map(({ title, sourceId }) => ({ title, source: sourceId })));
  const items = seen.map((item, at) => {
    const { id, kind, keys, mentions, text, promised, settled, storyId, sourceId, publishedAt, isBackground } = item;
    const story = settled ? storyId : null;
    const title = titles[at]!;
    const head = { title, lead: text.slice(0, leadLength), source: sourceId, publishedAt: publishedAt.getTime() };
    const words = `${title}. ${text}`;
    return { kind, keys, mentions, words, promised, story, isBackground, head, ...vectors.get(id)! };
  });
  const nameless = await namelessAmong(db, seen);
  return { items, nameless, together: pairsOf('together'), apart: pairsOf('apart') };
}

/** Of the addresses and repositories that could join something, those that one source gives to several of its items. */
async function namelessAmong(db: Queryable, seen: readonly WindowItem[]): Promise<Set<string>> {
  const held = new Map<string, number>();
  for (const { keys, mentions } of seen) {
    for (const key of keys) held.set(key, (held.get(key) ?? 0) + 1);
    for (const key of mentions) if (key.startsWith('repo:')) held.set(key, (held.get(key) ?? 0) + 1);
  }
  const asked = [...held].filter(([key, count]) => count > 1 && /^(?:url|repo):/.test(key)).map(([key]) => key);
  return asked.length === 0 ? new Set() : keysOfMany(db, asked);
}
