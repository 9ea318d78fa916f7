// Stories of a topic, a source, an author or a section -> the rows of a page and the entries of a feed.
import { escapeUTF8 } from 'entities';
import { itemKindNames } from '../../core/item-kinds.ts';
import { safeHref } from '../../core/letter.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { newestStories, type ListedStory, type StoryList } from '../../core/store/story-lists.ts';
import { texToText } from '../../core/tex-to-text.ts';
import { readableDate } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';
import type { Feed, FeedEntry } from './atom.ts';

const entriesInFeed = 50;

/** As rows: the title with formulas, and a line of what, from whom and when. */
export function showListed(stories: readonly ListedStory[], timezone: string) {
  return stories.map((story) => ({
    id: story.id,
    lang: story.lang,
    title: mathHtml(story.title),
    isWithdrawn: story.withdrawn,
    meta: [
      itemKindNames[story.kind],
      story.source,
      ...(story.sources > 1 ? [`${story.sources} sources`] : []),
      readableDate(story.firstSeen, timezone),
    ].join(' · '),
  }));
}

/** The newest stories of a list as a feed; `page` is the list's own, below the public address. */
export async function storyFeed(
  { house, links }: Room,
  { title, page, list }: { title: string; page: string; list: StoryList },
): Promise<{ version: unknown; write: () => Promise<Omit<Feed, 'self'>> }> {
  const { publication } = await loadSettings(house.db);
  const stories = await newestStories(house.db, list, entriesInFeed);
  const address = new URL(page, links.home).href;
  return {
    version: [publication, title, stories],
    write: async () => ({
      publication,
      title: `${publication}: ${title}`,
      id: address,
      page: address,
      entries: stories.map((story) => toEntry(story, links.story(story.id))),
    }),
  };
}

function toEntry(story: ListedStory, href: string): FeedEntry {
  const { source, sources, withdrawn, firstSeen } = story;
  const told = sources === 1 ? source : `${source} and ${sources - 1} more`;
  return storyEntry({ ...story, told, before: withdrawn ? 'Withdrawn by the authors. ' : '', at: firstSeen }, href);
}

interface EntryOfStory extends Pick<ListedStory, 'title' | 'kind' | 'text' | 'url'> {
  /** By whom. */
  told: string;
  before: string;
  at: Date;
}

/** It leads to the story's own page, and its text to where it was published. */
export function storyEntry({ title, kind, text, url, told, before, at }: EntryOfStory, href: string): FeedEntry {
  const begins = texToText(text);
  const where = `${before}${itemKindNames[kind]}, ${told}`;
  const away = safeHref(url);
  const link = away ? `<p><a href="${escapeUTF8(away)}">${escapeUTF8(away)}</a></p>` : '';
  return {
    url: href,
    title: texToText(title),
    summary: begins,
    published: at.toISOString(),
    updated: at.toISOString(),
    html: `<p><small>${escapeUTF8(where)}</small></p><p>${escapeUTF8(begins)}</p>${link}`,
  };
}
