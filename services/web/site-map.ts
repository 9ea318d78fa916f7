// `/sitemap.xml` (sitemaps.org) and `/robots.txt` (RFC 9309): what search engines may list, and what they leave alone.
import type { FastifyInstance } from 'fastify';
import { escapeUTF8 } from 'entities';
import { siteMap } from '../../core/store/site-map.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { alternatesOf } from './show-editions.ts';
import { hourMs } from '../../core/time.ts';

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
const freshMs = hourMs;

interface Listed {
  loc: string;
  at?: Date;
  alternates?: ReturnType<typeof alternatesOf>;
}

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

  /** An issue in each of its languages, each naming all of them, as search engines want it. */
  function pagesOf({ at, ...issue }: Awaited<ReturnType<typeof siteMap>>['issues'][number]) {
    const alternates = alternatesOf(issue, { links, own: house.config.SITE_LANGUAGE });
    const pages = new Set([links.issue(issue.slug), ...alternates.map(({ href }) => href)]);
    return [...pages].map((loc) => ({ loc, at, alternates }));
  }

  async function write(): Promise<string> {
    const { issues, stories, topics } = await siteMap(house.db);
    const addresses: Listed[] = [
      { loc: links.home },
      ...issues.flatMap((issue) => pagesOf(issue)),
      ...stories.map(({ id, at }) => ({ loc: links.story(id), at })),
      ...topics.map(({ id }) => ({ loc: `${links.home}topics/${id}` })),
    ];
    const urls = addresses.map(({ loc, at, alternates = [] }) => {
      const others = alternates.map(({ hreflang, href }) => `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${escapeUTF8(href)}"/>`); // prettier-ignore
      return `<url><loc>${escapeUTF8(loc)}</loc>${at ? `<lastmod>${at.toISOString()}</lastmod>` : ''}${others.join('')}</url>`;
    });
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
      ...urls,
      '</urlset>',
      '',
    ].join('\n');
  }
}
