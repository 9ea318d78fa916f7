// `/search`: stories, talks at their minute and archives, by words and by meaning, with the sentence that answers.
import type { FastifyInstance } from 'fastify';
import { escapeUTF8 } from 'entities';
import { z } from 'zod';
import { sections } from '../../core/sections.ts';
import type { SearchFilters } from '../../core/store/search-hits.ts';
import { rejectedAmong } from '../../core/store/rejected-stories.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import type { FeedEntry } from './atom.ts';
import { serveFeed } from './feed-forms.ts';
import { searchLimit as rateLimit, type Finder } from './find-stories.ts';
import { showFacets, type ShownFound } from './show-found.ts';

const pageLength = 20;
const entriesInFeed = 30;

const query = z.object({
  q: z.string().trim().max(200, asText('search.tooLong')).default(''),
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
export function searchRoom(app: FastifyInstance, room: Room, { find, shown }: Finder): void {
  const { house, links, show, words: wordsOf } = room;

  app.get('/search', { config: { rateLimit } }, async (request, reply) => {
    const asked = readInput(query, request.query);
    const found = await find(asked.q, filtersOf(asked));
    const from = (asked.page - 1) * pageLength;
    const words = wordsOf(request);
    const stories = await shown(found, { text: asked.q, from, to: from + pageLength, words });
    const quoted = (word: string): string => words.say('search.quoted', { word });
    return show(reply, 'search', {
      title: asked.q === '' ? words.say('search.title') : words.say('search.titleOf', { q: asked.q }),
      here: 'search',
      keepSeconds: 60,
      q: asked.q,
      stories,
      count: found.stories.length,
      taken: found.question.taken.map(({ word, spellings }) => ({
        word,
        spellings: words.list(spellings, 'disjunction'),
      })),
      unknown: found.question.unknown.length === 0 ? '' : words.list(found.question.unknown.map(quoted), 'disjunction'),
      facets: showFacets(found.stories, asked, words),
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
    make: async (request, words) => {
      const asked = readInput(query, request.query);
      const { publication } = await loadSettings(house.db);
      const found = await find(asked.q, filtersOf(asked));
      const rejected = await rejectedAmong(
        house.db,
        found.stories.flatMap(({ storyId }) => storyId ?? []),
      );
      const listed = found.stories.filter(({ storyId }) => storyId === null || !rejected.has(storyId));
      const stories = await shown(
        { ...found, stories: listed },
        {
          text: asked.q,
          from: 0,
          to: entriesInFeed,
          words,
        },
      );
      const page = new URL(addressOf(asked), links.home).href;
      const entries = stories
        .toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.publishedAt.getTime() - a.publishedAt.getTime())
        .map((story) => showEntry(story, links.home));
      const feed = { publication, title: `${publication}: ${asked.q}`, id: page, page, entries };
      return { version: feed, write: async () => feed };
    },
  });
}

function showEntry({ title, href, publishedAt, text, meta, inItem }: ShownFound, home: string): FeedEntry {
  const at = publishedAt.toISOString();
  return {
    url: new URL(href, home).href,
    title,
    summary: text,
    published: at,
    updated: at,
    html: escapeUTF8([meta, inItem, text].filter(Boolean).join('. ')),
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
