// `/feed.xml`: the issues as an Atom feed, newest first, each with its whole content.
import type { FastifyInstance } from 'fastify';
import { listPublished, type ApprovedIssue } from '../../core/store/issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { Room } from '../room.ts';
import { showParagraphs, showSections } from '../show-card.ts';
import { sendAtom, type AtomEntry } from './atom.ts';

/** Registers the feed; it holds the newest 20 issues. */
export function feedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  app.get('/feed.xml', async (_request, reply) => {
    const issues = (await listPublished(house.db)).slice(0, 20);
    const { publication = 'Courant' } = await loadSettings(house.db);
    const entries = await Promise.all(issues.map(showEntry));
    const { home, feed: self, archive: page } = links;
    const feed = { publication, title: publication, id: home, self, page, entries };
    return sendAtom(reply, { templates, feed, cache: 'public, max-age=300' });
  });

  async function showEntry(issue: ApprovedIssue): Promise<AtomEntry> {
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
