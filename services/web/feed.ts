// `/feed.xml`: the issues as an Atom feed (RFC 4287), newest first, each with its whole content.
import type { FastifyInstance } from 'fastify';
import { listPublished, type ApprovedIssue } from '../../core/store/issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { Room } from '../room.ts';
import { showParagraphs, showSections } from '../show-card.ts';

/** Registers the feed; it holds the newest 20 issues. */
export function feedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  app.get('/feed.xml', async (_request, reply) => {
    const issues = (await listPublished(house.db)).slice(0, 20);
    const { publication = 'Courant' } = await loadSettings(house.db);
    const entries = await Promise.all(issues.map(showEntry));
    // A feed needs a date even before its first issue; the installation is as old as nobody knows, so: the epoch.
    const updated = entries[0]?.updated ?? new Date(0).toISOString();
    const xml = await templates.page('feed', { publication, links, updated, entries });
    return reply
      .type('application/atom+xml; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(withoutControls(xml));
  });

  async function showEntry(issue: ApprovedIssue) {
    return {
      url: links.issue(issue.slug),
      title: issue.title,
      summary: issue.content.intro,
      published: (issue.sendAt ?? issue.createdAt).toISOString(),
      updated: (issue.sentAt ?? issue.sendAt ?? issue.createdAt).toISOString(),
      html: await templates.page('feed-issue', {
        intro: showParagraphs(issue.content.intro),
        sections: showSections(issue.content).map(({ name, cards }) => ({
          name,
          cards: cards.map((card) => ({ ...card, href: links.story(card.id) })),
        })),
      }),
    };
  }
}

/** XML 1.0 forbids most control characters even when they are escaped; one in a title would break the whole feed. */
function withoutControls(xml: string): string {
  // eslint-disable-next-line no-control-regex
  return xml.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
}
