// Stories of a topic, a source, an author or a section -> the rows of a page and the entries of a feed.
import { escapeUTF8 } from 'entities';
import { safeHref } from '../../core/letter/safe-href.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { newestStories, type ListedStory, type StoryList } from '../../core/store/story-lists.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';
import { languagesOf, saidIn, textsOfStories } from './edition-texts.ts';
import type { Feed, FeedEntry } from './atom.ts';

const entriesInFeed = 50;

/** The newest of a list, as pages show them, and the addresses of the page in other languages. */
export async function listStories(
  { house, links }: Pick<Room, 'house' | 'links'>,
  { list, limit, page, words }: { list: StoryList; limit: number; page: string; words: Words },
) {
  const { TIMEZONE, SITE_LANGUAGE } = house.config;
  const listed = await newestStories(house.db, list, { limit });
  const texts = await textsOfStories(house.db, listed.map(({ id }) => id), words.lang); // prettier-ignore
  return {
    stories: showListed(listed.map((story) => saidIn(story, story.id, texts)), TIMEZONE, words), // prettier-ignore
    alternates: languagesOf(new URL(page, links.home).href, [...texts.langsOf.values()].flat(), SITE_LANGUAGE),
    feedSearch: words.lang === SITE_LANGUAGE || texts.byStory.size === 0 ? '' : `?lang=${words.lang}`,
  };
}

/** As rows: the title with formulas, and a line of what, from whom and when. */
function showListed(stories: readonly ListedStory[], timezone: string, words: Words) {
  return stories.map((story) => ({
    id: story.id,
    lang: story.lang,
    title: mathHtml(story.title),
    isWithdrawn: story.withdrawn,
    meta: [
      words.say(`kind.${story.kind}`),
      story.source,
      ...(story.sources > 1 ? [words.say('card.sources', { n: story.sources })] : []),
      words.date(story.firstSeen, timezone),
    ].join(' · '),
  }));
}

/** The newest stories of a list as a feed; `page` is the list's own, below the public address. */
export async function storyFeed(
  { house, links }: Room,
  { title, page, list, words }: { title: string; page: string; list: StoryList; words: Words },
): Promise<{ version: unknown; write: () => Promise<Omit<Feed, 'self'>> }> {
  const { publication } = await loadSettings(house.db);
  const listed = await newestStories(house.db, list, { limit: entriesInFeed, isFeed: true });
  const texts = await textsOfStories(house.db, listed.map(({ id }) => id), words.lang); // prettier-ignore
  const stories = listed.map((story) => saidIn(story, story.id, texts));
  const address = new URL(page, links.home).href;
  return {
    version: [publication, title, stories],
    write: async () => ({
      publication,
      title: `${publication}: ${title}`,
      id: address,
      page: address,
      entries: stories.map((story) => toEntry(story, links.story(story.id), words)),
    }),
  };
}

function toEntry(story: ListedStory, href: string, words: Words): FeedEntry {
  const { source, sources, withdrawn, firstSeen } = story;
  const told = sources === 1 ? source : words.say('card.moreSources', { source, n: sources - 1 });
  const before = withdrawn ? `${words.say('feed.withdrawn')} ` : '';
  return storyEntry({ ...story, told, before, at: firstSeen }, href, words);
}

interface EntryOfStory extends Pick<ListedStory, 'title' | 'lang' | 'kind' | 'text' | 'url'> {
  /** By whom. */
  told: string;
  before: string;
  at: Date;
}

/** It leads to the story's own page, and its text to where it was published. */
export function storyEntry(
  { title, lang, kind, text, url, told, before, at }: EntryOfStory,
  href: string,
  words: Words,
): FeedEntry {
  const begins = texToText(text);
  const where = `${before}${words.say('card.from', { kind: words.say(`kind.${kind}`), source: told })}`;
  const away = safeHref(url);
  const link = away ? `<p><a href="${escapeUTF8(away)}">${escapeUTF8(away)}</a></p>` : '';
  return {
    url: href,
    title: texToText(title),
    lang,
    summary: begins,
    published: at.toISOString(),
    updated: at.toISOString(),
    html: `<p><small>${escapeUTF8(where)}</small></p><p${lang === words.lang ? '' : ` lang="${escapeUTF8(lang)}"`}>${escapeUTF8(begins)}</p>${link}`,
  };
}
