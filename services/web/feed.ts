// `/feed.xml`: the issues as an Atom feed, newest first, each with its whole content.
import type { FastifyInstance } from 'fastify';
import { digest } from '../../core/digest.ts';
import { texToText } from '../../core/tex-to-text.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads, type PublishedHead } from '../../core/store/published-issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { withdrawnInIssues } from '../../core/store/withdrawals.ts';
import { markCards } from '../mark-withdrawn.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { showParagraphs, showSections } from '../show-card.ts';
import { sendAtom, writeAtom, type AtomEntry } from './atom.ts';

const issuesInFeed = 20;

type Withdrawn = Awaited<ReturnType<typeof withdrawnInIssues>>[number];

/** Registers the feed. It is written once for what it holds: 20 issues are hundreds of kilobytes. */
export function feedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  const { db } = house;
  const rememberFeed = rememberLast<string>(1);
  const rememberHtml = rememberLast<string>(issuesInFeed);

  app.get('/feed.xml', async (_request, reply) => {
    const heads = await publishedHeads(db, issuesInFeed);
    const { publication } = await loadSettings(db);
    const withdrawn = await withdrawnInIssues(
      db,
      heads.map(({ id }) => id),
    );
    const xml = await rememberFeed(digest([publication, heads, withdrawn]), () => write(publication, heads, withdrawn));
    return sendAtom(reply, { xml, cache: 'public, max-age=300' });
  });

  async function write(
    publication: string,
    heads: readonly PublishedHead[],
    all: readonly Withdrawn[],
  ): Promise<string> {
    const { home, feed: self, archive: page } = links;
    const entries = await Promise.all(
      heads.map((head) =>
        showEntry(
          head,
          all.filter(({ issueId }) => issueId === head.id),
        ),
      ),
    );
    return writeAtom(templates, { publication, title: publication, id: home, self, page, entries });
  }

  async function showEntry(head: PublishedHead, withdrawn: readonly Withdrawn[]): Promise<AtomEntry> {
    const { slug, title, intro, createdAt, sendAt, sentAt } = head;
    const ids = withdrawn.map(({ storyId }) => storyId);
    return {
      url: links.issue(slug),
      title,
      summary: withdrawn.length === 0 ? intro : `${withdrawnNote(withdrawn)} ${intro}`,
      published: (sendAt ?? createdAt).toISOString(),
      updated: (sentAt ?? sendAt ?? createdAt).toISOString(),
      html: await rememberHtml(`${head.id} ${head.contentHash} ${ids.join(' ')}`, async () =>
        showHtml(await publishedContent(db, head), new Set(ids)),
      ),
    };
  }

  function showHtml(content: IssueContent, withdrawn: ReadonlySet<number>): Promise<string> {
    return templates.page('feed-issue', {
      intro: showParagraphs(content.intro),
      sections: showSections({ ...content, cards: markCards(content.cards, withdrawn) }).map(({ name, cards }) => ({
        name,
        cards: cards.map((card) => ({ ...card, href: links.story(card.id) })),
      })),
    });
  }
}

/** Feed readers that show summaries only say it too. */
function withdrawnNote(withdrawn: readonly Withdrawn[]): string {
  return `Withdrawn by the authors: ${withdrawn.map(({ title }) => texToText(title)).join('; ')}.`;
}
