// `/api`: issues, stories, topics, items and search as JSON, told by OpenAPI at `/api/openapi.json` and, for people, at `/api/docs`.
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { storyNow } from '../../core/store/addresses.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import { publicItems } from '../../core/store/public-items.ts';
import { publishedBySlug, publishedContent, publishedHeads, type PublishedHead } from '../../core/store/published-issues.ts'; // prettier-ignore
import { storyDetail } from '../../core/store/story-detail.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { weekOf } from '../../core/week.ts';
import { messageOf } from '../../core/errors.ts';
import { gone, notFound, PageError } from '../page-error.ts';
import type { Room } from '../room.ts';
import { inWords } from '../message.ts';
import { english, type Words } from '../../core/words.ts';
import { apiSchemas } from './api-schemas.ts';
import { searchLimit, type Finder } from './find-stories.ts';
import { topicFacts } from './topic-at.ts';

const limit = { rateLimit: { max: 120, timeWindow: 60_000 } };
const foundShown = 50;

/** Registers the addresses and what tells of them, in a scope of their own. Anybody may read, from any site; nobody changes anything. */
export async function apiRoom(app: FastifyInstance, room: Room, finder: Finder): Promise<void> {
  const { links } = room;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Courant', version: '1', description: 'What was read, found and sent. Free to read, 120 requests a minute, 60 of them searches.' }, // prettier-ignore
      servers: [{ url: links.home.replace(/\/$/, '') }],
    },
  });
  app.setErrorHandler((error, _request, reply) => sendFailure(reply, error));
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('access-control-allow-origin', '*');
    if (!reply.hasHeader('cache-control')) {
      void reply.header('cache-control', reply.statusCode < 400 ? 'public, max-age=60' : 'no-store');
    }
  });
  // Within a scope, since only what is registered after it is told.
  await app.register(async (scope) => {
    issueAddresses(scope, room);
    storyAddresses(scope, room);
    topicAddresses(scope, room);
    itemAddresses(scope, room, finder);
  });
  app.get('/api/openapi.json', { config: limit, schema: { hide: true } }, async () => app.swagger());
  app.get('/api/docs', { config: limit, schema: { hide: true } }, async (request, reply) => {
    const words = room.words(request);
    return room.show(reply, 'api-docs', { title: words.say('api.title'), keepSeconds: 300, paths: toldPaths(words) });
  });
}

function toldPaths(words: Words) {
  const paths: Record<keyof typeof apiSchemas, string> = { issues: '/api/issues', issue: '/api/issues/{slug}', story: '/api/stories/{id}', topics: '/api/topics', topic: '/api/topics/{id}', items: '/api/items?before=&limit=&source=', search: '/api/search?q=&kind=' }; // prettier-ignore
  return Object.entries(apiSchemas).map(([name, { summary, response }]) => ({
    path: paths[name as keyof typeof apiSchemas],
    summary: words.sayOr(`api.${name}`, summary),
    fields: Object.keys((response[200] as unknown as { properties: object }).properties).join(', '),
  }));
}

function issueAddresses(app: FastifyInstance, { house: { db }, links }: Room): void {
  const showHead = ({ number, slug, title, date, sentAt, stories }: PublishedHead) => ({ number, slug, title, date, sentAt: sentAt?.toISOString() ?? null, stories, url: links.issue(slug) }); // prettier-ignore
  app.get('/api/issues', { config: limit, schema: apiSchemas.issues }, async () => ({
    issues: (await publishedHeads(db)).map(showHead),
  }));
  app.get<{ Params: { slug: string } }>(
    '/api/issues/:slug',
    { config: limit, schema: apiSchemas.issue },
    async ({ params }) => {
      // prettier-ignore
      const head = await publishedBySlug(db, params.slug);
      if (!head) throw notFound({ key: 'issue.missing' });
      const { intro, date, sections, cards } = await publishedContent(db, head);
      const shown = sections.map(({ key, name }) => ({
        key,
        name,
        stories: cards
          .filter(({ section }) => section === key)
          .map(({ storyId, url, ...card }) => ({ ...card, story: storyId, url: safeHref(url) })),
      }));
      return { ...showHead(head), intro, date, sections: shown };
    },
  );
}

function storyAddresses(app: FastifyInstance, { house: { db }, links }: Room): void {
  app.get<{ Params: { id: string } }>(
    '/api/stories/:id',
    { config: limit, schema: apiSchemas.story },
    async ({ params }) => {
      // prettier-ignore
      const id = await storyNow(db, numberOf(params.id));
      const story = typeof id === 'number' ? await storyDetail(db, id) : undefined;
      if (id === 'gone') throw gone({ key: 'story.gone' });
      if (!story) throw notFound({ key: 'story.missing' });
      const items = story.items.map((item) => ({ ...item, url: safeHref(item.url), publishedAt: item.publishedAt.toISOString() })); // prettier-ignore
      return { ...story, firstSeen: story.firstSeen.toISOString(), url: links.story(story.id), items };
    },
  );
}

function topicAddresses(app: FastifyInstance, { house: { db, config, now }, links }: Room): void {
  const addressOf = (id: number): string => new URL(`topics/${id}`, links.home).href;
  app.get('/api/topics', { config: limit, schema: apiSchemas.topics }, async () => {
    const topics = await topicWeather(db, weekOf(now(), config.TIMEZONE).monday);
    return { topics: topics.map(({ id, name, stories }) => ({ id, name, stories, url: addressOf(id) })) };
  });
  app.get<{ Params: { id: string } }>(
    '/api/topics/:id',
    { config: limit, schema: apiSchemas.topic },
    async ({ params }) => {
      // prettier-ignore
      const { id, stories, after, ...topic } = await topicFacts(db, params);
      const shown = stories.map((story) => ({ ...story, story: story.id, url: safeHref(story.url), firstSeen: story.firstSeen.toISOString() })); // prettier-ignore
      const nowIn = after.map((other) => ({ ...other, url: addressOf(other.id) }));
      return { id, ...topic, url: addressOf(id), after: nowIn, stories: shown };
    },
  );
}

interface ItemsQuery {
  before?: number;
  limit: number;
  source?: number;
}
interface SearchQuery {
  q: string;
  kind?: 'paper' | 'video' | 'post' | 'digest';
}

function itemAddresses(app: FastifyInstance, { house: { db }, links }: Room, finder: Finder): void {
  app.get<{ Querystring: ItemsQuery }>('/api/items', { config: limit, schema: apiSchemas.items }, async ({ query }) => {
    const { before = 2_147_483_647, limit: count, source } = query;
    const items = await publicItems(db, { before, limit: count, sourceId: source });
    const next = new URLSearchParams({ before: String(items.at(-1)?.id), limit: String(count), ...(source ? { source: String(source) } : {}) }); // prettier-ignore
    return {
      items: items.map(({ storyId, ...item }) => ({ ...item, story: storyId, url: safeHref(item.url), publishedAt: item.publishedAt.toISOString() })), // prettier-ignore
      next: items.length < count ? null : new URL(`api/items?${next.toString()}`, links.home).href,
    };
  });
  app.get<{ Querystring: SearchQuery }>(
    '/api/search',
    { config: { rateLimit: searchLimit }, schema: apiSchemas.search },
    async ({ query }) => {
      // prettier-ignore
      const { q, kind } = query;
      const found = await finder.find(q.trim(), { kind });
      const shown = await finder.shown(found, { text: q, from: 0, to: foundShown, words: english });
      return {
        count: found.stories.length,
        stories: shown.map(({ title, href, text, isNear, publishedAt }) => ({ title, url: new URL(href, links.home).href, text, hasWords: !isNear, publishedAt: publishedAt.toISOString() })), // prettier-ignore
      };
    },
  );
}

function numberOf(id: string): number {
  const value = Number(id);
  if (value > 2_147_483_647) throw notFound();
  return value;
}

function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof PageError)
    return reply.code(error.statusCode).send({ error: error.message, todo: inWords(error.todo) });
  const isAsked = typeof error === 'object' && error !== null && 'validation' in error;
  if (isAsked) return reply.code(400).send({ error: messageOf(error), todo: 'See /api/docs for what may be asked.' });
  reply.log.error(error);
  return reply.code(500).send({ error: 'This could not be answered.', todo: 'Try again in a minute.' });
}
