// found stories and those that stand -> what has to be saved: ids kept, headline and reasons chosen; pure.
import {
  tellingLength,
  type WindowItem,
  type Story,
  type StoryToSave,
  type StoryWhy,
} from '../../core/store/stories.ts';
import type { StoryOfWindow } from './find-stories.ts';
import { keepIdentity } from './keep-identity.ts';

export interface StoryPlan {
  seen: readonly WindowItem[];
  /** By number in `seen`. */
  found: readonly StoryOfWindow[];
  before: readonly Story[];
  now: Date;
}

/** The stories that are new or differ from what stands; nothing when nothing changed. */
export function planStories({ seen, found, before, now }: StoryPlan): StoryToSave[] {
  const standing = new Map(before.map((story) => [story.id, story]));
  const stands = new Map(seen.map((item) => [item.id, item]));
  const sizes = new Map<number, number>();
  for (const { storyId } of seen) if (storyId !== null) sizes.set(storyId, (sizes.get(storyId) ?? 0) + 1);
  const ids = keepIdentity(
    found.map((story) => story.map(({ item }) => seen[item]!.storyId)),
    firmness(seen),
  );
  return found.flatMap((story, index) => {
    const id = ids[index]!;
    // What nobody but the archive tells is no story.
    if (id === null && story.every(({ item }) => seen[item]!.isBackground)) return [];
    const earlier = id === null ? undefined : standing.get(id);
    const planned = toStory(story, { seen, earlier, now });
    return earlier && isSame(planned, { earlier, size: sizes.get(earlier.id)!, stands }) ? [] : [planned];
  });
}

/** What readers were promised keeps its identity before what is settled, and that before what is new. */
function firmness(seen: readonly WindowItem[]): ReadonlyMap<number, number> {
  const firm = new Map<number, number>();
  for (const { storyId, promised, settled } of seen) {
    if (storyId !== null && (promised || settled)) firm.set(storyId, promised ? 2 : 1);
  }
  return firm;
}

function toStory(
  story: StoryOfWindow,
  { seen, earlier, now }: { seen: readonly WindowItem[]; earlier: Story | undefined; now: Date },
): StoryToSave {
  const items = story.map(({ item }) => seen[item]!);
  const first = newsOf(items).toSorted(byAge)[0]!;
  const reasons = new Map<number, StoryWhy>(story.map(({ item, why }) => [seen[item]!.id, why]));
  reasons.set(first.id, 'first');
  return {
    id: earlier?.id ?? null,
    headlineItemId: headlineOf(items, earlier),
    // A source may date its news ahead of the clock.
    firstSeen: earlier?.firstSeen ?? (first.publishedAt < now ? first.publishedAt : now),
    items: items.map(({ id }) => ({ itemId: id, why: reasons.get(id)! })),
  };
}

/** The item a curator chose while it is in the story; else the first paper, else the first post that says something, else the first post, else the first video. */
function headlineOf(items: readonly WindowItem[], earlier: Story | undefined): number {
  const chosen = earlier?.headlineBy ? items.find(({ id }) => id === earlier.headlineItemId) : undefined;
  return (chosen ?? newsOf(items).toSorted((a, b) => rankOf(a) - rankOf(b) || byAge(a, b))[0]!).id;
}

/** What was old when it arrived heads no story and starts none, but for one that it is alone in. */
function newsOf(items: readonly WindowItem[]): readonly WindowItem[] {
  const news = items.filter(({ isBackground }) => !isBackground);
  return news.length > 0 ? news : items;
}

function rankOf({ kind, text }: WindowItem): number {
  // A link in a list says nothing of what it leads to; the page itself may be there too.
  const isBare = text.trim().length < tellingLength;
  return { paper: 0, post: 1, video: 2 }[kind] + (isBare ? 0.5 : 0);
}

function byAge(a: WindowItem, b: WindowItem): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime() || a.id - b.id;
}

function isSame(
  planned: StoryToSave,
  { earlier, size, stands }: { earlier: Story; size: number; stands: ReadonlyMap<number, WindowItem> },
): boolean {
  return (
    planned.headlineItemId === earlier.headlineItemId &&
    planned.items.length === size &&
    planned.items.every(({ itemId, why }) => {
      const item = stands.get(itemId)!;
      return item.storyId === earlier.id && item.why === why;
    })
  );
}
