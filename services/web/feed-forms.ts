// A feed -> the two forms it is served in, Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org/version/1.1), at one address but for its end.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashContent } from '../../core/content-hash.ts';
import type { Words } from '../../core/words.ts';
import { wordsAsked } from '../page-words.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { writeAtom, type Feed } from './atom.ts';

interface ServedFeed {
  /** `/feed`, which becomes `/feed.xml` and `/feed.json`. */
  path: string;
  /** How many of the feeds at this path are kept as written, in each form. */
  kept?: number;
  /** Whether the hub is told when it changes; a feed that names a hub and is not told of is one nobody is told of. */
  isPushed?: boolean;
  rateLimit?: { max: number; timeWindow: number };
  /** The feed in these words, those of its address, and what it is made of: as long as `version` is the same it is not written again. `self` ends as the path does. */
  make: (
    request: FastifyRequest,
    words: Words,
  ) => Promise<{ version: unknown; write: () => Promise<Omit<Feed, 'self'>> }>;
}

const types = { xml: 'application/atom+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8' } as const;
const cache = 'public, max-age=300';

/** Registers both. */
export function serveFeed(
  app: FastifyInstance,
  { links, templates, house }: Room,
  { path, kept = 4, isPushed = false, rateLimit, make }: ServedFeed,
): void {
  const remember = rememberLast<string>(2 * kept);
  const pushedTo = (isPushed && house.config.WEBSUB_HUB) || null;
  // Who follows it follows this address and no other spelling of it.
  const pushed = (form: keyof typeof types): string => new URL(`${path}.${form}`, links.home).href;
  for (const form of ['xml', 'json'] as const) {
    app.get(`${path}.${form}`, rateLimit ? { config: { rateLimit } } : {}, async (request, reply) => {
      const words = wordsAsked(request.query, house.config);
      const { lang } = words;
      // The hub is told of the feed in the publication's language alone.
      const hub = lang === house.config.SITE_LANGUAGE ? pushedTo : null;
      const { version, write } = await make(request, words);
      const body = await remember(hashContent([form, request.url, lang, version]), async () => {
        const feed = { ...(await write()), self: hub ? pushed(form) : new URL(request.url, links.home).href, hub };
        return form === 'xml' ? writeAtom(templates, feed, lang) : writeJsonFeed(feed, lang);
      });
      if (hub) void reply.header('link', `<${hub}>; rel="hub", <${pushed(form)}>; rel="self"`);
      return reply.type(types[form]).header('cache-control', cache).send(body);
    });
  }
}

function writeJsonFeed({ publication, title, self, hub, page, entries }: Feed, language: string): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    language,
    home_page_url: page,
    feed_url: self,
    ...(hub ? { hubs: [{ type: 'WebSub', url: hub }] } : {}),
    authors: [{ name: publication }],
    items: entries.map((entry) => ({
      id: entry.url,
      url: entry.url,
      title: entry.title,
      ...(entry.lang !== undefined && entry.lang !== language ? { language: entry.lang } : {}),
      summary: entry.summary,
      content_html: entry.html,
      date_published: entry.published,
      date_modified: entry.updated,
    })),
  });
}
