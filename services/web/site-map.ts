// `/sitemap.xml` (sitemaps.org) and `/robots.txt` (RFC 9309): what search engines may list, and what they leave alone.
import type { FastifyInstance } from 'fastify';
import { escapeUTF8 } from 'entities';
import { siteMap } from '../../core/store/site-map.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';

/** What is one reader's, what asks a question, and what only leads elsewhere. */
const leftAlone = [
  '/desk',
  '/preferences/',
  '/confirm/',
  '/unsubscribe/',
  '/private/',
  '/signal/',
  '/go/',
  '/reading/',
  '/search',
];
const freshMs = 3_600_000;

/** Registers both. */
export function siteMapRoom(app: FastifyInstance, { house, links }: Room): void {
  const remember = rememberLast<string>(1);

  app.get('/robots.txt', async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(
        [
          'User-agent: *',
          ...leftAlone.map((path) => `Disallow: ${path}`),
          '',
          `Sitemap: ${links.home}sitemap.xml`,
          '',
        ].join('\n'),
      ),
  );

  app.get('/sitemap.xml', async (_request, reply) => {
    const xml = await remember(String(Math.floor(house.now().getTime() / freshMs)), write);
    return reply.type('application/xml; charset=utf-8').header('cache-control', 'public, max-age=3600').send(xml);
  });

  async function write(): Promise<string> {
    const { issues, stories, topics } = await siteMap(house.db);
    const addresses = [
      { loc: links.home },
      ...issues.map(({ slug, at }) => ({ loc: links.issue(slug), at })),
      ...stories.map(({ id, at }) => ({ loc: links.story(id), at })),
      ...topics.map(({ id }) => ({ loc: `${links.home}topics/${id}` })),
    ];
    const urls = addresses.map(
      (one) =>
        `<url><loc>${escapeUTF8(one.loc)}</loc>${'at' in one ? `<lastmod>${one.at.toISOString()}</lastmod>` : ''}</url>`,
    );
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
      ...urls,
      '</urlset>',
      '',
    ].join('\n');
  }
}
