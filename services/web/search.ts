// `/search`: stories, talks at their minute and archives, by words and by meaning, with the sentence that answers.
import type { FastifyInstance } from 'fastify';
import { escapeUTF8 } from 'entities';
import { z } from 'zod';
import { openSearchIndex } from '../../core/search/search-index.ts';
import { search, type Found } from '../../core/search/search.ts';
import { sections } from '../../core/sections.ts';
import { showPassages, type SearchFilters } from '../../core/store/search-hits.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import type { FeedEntry } from './atom.ts';
import { serveFeed } from './feed-forms.ts';
import { showFacets, showFound, type ShownFound } from './show-found.ts';

const pageLength = 20;
const entriesInFeed = 30;
/** A search takes some ten times what other pages cost. */
const rateLimit = { max: 60, timeWindow: 60_000 };

const query = z.object({
  q: z.string().trim().max(200, 'Search for at most 200 characters.').default(''),
  kind: z.enum(['paper', 'video', 'post', 'digest']).optional().catch(undefined),
  section: z
    .enum(sections.map(({ key }) => key))
    .optional()
    .catch(undefined),
  source: rowId().optional().catch(undefined),
  topic: rowId().optional().catch(undefined),
  year: z.coerce.number().int().min(1900).max(9999).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(40).catch(1),
});
type Asked = z.infer<typeof query>;

/** Registers the page and the same as feeds. */
export function searchRoom(app: FastifyInstance, room: Room): void {
  const { house, links, show } = room;
  const index = openSearchIndex();

  app.get('/search', { config: { rateLimit } }, async (request, reply) => {
    const asked = readInput(query, request.query);
    const found = await find(asked);
    const from = (asked.page - 1) * pageLength;
    const stories = await shownOf(found, asked, { from, to: from + pageLength });
    return show(reply, 'search', {
      title: asked.q === '' ? 'Search' : `Search: ${asked.q}`,
      here: 'search',
      keepSeconds: 60,
      q: asked.q,
      stories,
      count: found.stories.length,
      taken: found.question.taken.map(({ word, spellings }) => ({ word, spellings: spellings.join(' or ') })),
      unknown: found.question.unknown,
      facets: showFacets(found.stories, asked),
      kept: filterFields(asked),
      feed: `/search.xml?${new URLSearchParams({ q: asked.q, ...filterFields(asked) }).toString()}`,
      page: asked.page,
      pages: Math.ceil(found.stories.length / pageLength),
      address: addressOf(asked),
    });
  });

  serveFeed(app, room, {
    path: '/search',
    rateLimit,
    make: async (request) => {
      const asked = readInput(query, request.query);
      const { publication } = await loadSettings(house.db);
      const stories = await shownOf(await find(asked), asked, { from: 0, to: entriesInFeed });
      const page = new URL(addressOf(asked), links.home).href;
      const entries = stories
        .toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
        .map((story) => showEntry(story, links.home));
      const feed = { publication, title: `${publication}: ${asked.q}`, id: page, page, entries };
      return { version: feed, write: async () => feed };
    },
  });

  async function find(asked: Asked): Promise<Found> {
    if (asked.q === '')
      return { stories: [], question: { all: undefined, allButOne: undefined, words: [], taken: [], unknown: [] } };
    return search(house, index, { text: asked.q, filters: filtersOf(asked) });
  }

  async function shownOf(
    { stories, question }: Found,
    asked: Asked,
    { from, to }: { from: number; to: number },
  ): Promise<ShownFound[]> {
    const part = stories.slice(from, to);
    const shown = await showPassages(house.db, part);
    const byPassage = new Map(shown.map((passage) => [`${passage.itemId}.${passage.segment}`, passage]));
    const words = question.words.length > 0 ? question.words : [asked.q];
    return part.flatMap((story) => {
      const passage = byPassage.get(`${story.itemId}.${story.segment}`);
      return passage ? [showFound(story, passage, { words, timezone: house.config.TIMEZONE })] : [];
    });
  }
}

function showEntry({ title, href, publishedAt, text, meta }: ShownFound, home: string): FeedEntry {
  const at = publishedAt.toISOString();
  return {
    url: new URL(href, home).href,
    title,
    summary: text,
    published: at,
    updated: at,
    html: escapeUTF8(`${meta}. ${text}`),
  };
}

function filtersOf({ kind, section, source, topic, year }: Asked): SearchFilters {
  return { kind, section, sourceId: source, topicId: topic, year };
}

/** The filters as fields of an address. */
function filterFields({ kind, section, source, topic, year }: Asked): Record<string, string> {
  const all = { kind, section, source, topic, year };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function addressOf(asked: Asked): string {
  return `/search?${new URLSearchParams({ q: asked.q, ...filterFields(asked) }).toString()}`;
}
