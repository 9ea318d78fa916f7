// `/feed.xml` and `/feed.json`: the issues, newest first, each with its whole content.
import type { FastifyInstance } from 'fastify';
import { introHtml, introText } from '../../core/letter/intro.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads, type PublishedHead } from '../../core/store/published-issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { wordsIn, type Words } from '../../core/words.ts';
import { withdrawnInIssues } from '../../core/store/withdrawals.ts';
import { markCards } from '../mark-withdrawn.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { showSections } from '../show-card.ts';
import type { Feed, FeedEntry } from './atom.ts';
import { serveFeed } from './feed-forms.ts';

const issuesInFeed = 20;

type Withdrawn = Awaited<ReturnType<typeof withdrawnInIssues>>[number];

/** Registers the feed. It is written once for what it holds: 20 issues are hundreds of kilobytes. */
export function feedRoom(app: FastifyInstance, room: Room): void {
  const { house, links, templates } = room;
  const { db } = house;
  const rememberHtml = rememberLast<string>(issuesInFeed);

  serveFeed(app, room, {
    path: '/feed',
    kept: 1,
    isPushed: true,
    make: async () => {
      const heads = await publishedHeads(db, issuesInFeed);
      const { publication } = await loadSettings(db);
      const ids = heads.map(({ id }) => id);
      const withdrawn = await withdrawnInIssues(db, ids);
      return { version: [publication, heads, withdrawn], write: () => write(publication, heads, withdrawn) };
    },
  });

  async function write(
    publication: string,
    heads: readonly PublishedHead[],
    all: readonly Withdrawn[],
  ): Promise<Omit<Feed, 'self'>> {
    const entries = heads.map((head) => {
      const own = all.filter(({ issueId }) => issueId === head.id);
      return showEntry(head, own);
    });
    return {
      publication,
      title: publication,
      id: links.home,
      page: links.archive,
      entries: await Promise.all(entries),
    };
  }

  async function showEntry(head: PublishedHead, withdrawn: readonly Withdrawn[]): Promise<FeedEntry> {
    const { slug, title, createdAt, sendAt, sentAt } = head;
    const ids = withdrawn.map(({ storyId }) => storyId);
    const intro = introText(head).join('\n\n');
    return {
      url: links.issue(slug),
      title,
      summary:
        withdrawn.length === 0 ? intro : `${withdrawnNote(withdrawn, wordsIn(house.config.SITE_LANGUAGE))} ${intro}`,
      published: (sendAt ?? createdAt).toISOString(),
      updated: (sentAt ?? sendAt ?? createdAt).toISOString(),
      html: await rememberHtml(
        `${house.config.SITE_LANGUAGE} ${head.id} ${head.contentHash} ${ids.join(' ')}`,
        async () => showHtml(await publishedContent(db, head), new Set(ids)),
      ),
    };
  }

  function showHtml(content: IssueContent, withdrawn: ReadonlySet<number>): Promise<string> {
    const lang = house.config.SITE_LANGUAGE;
    const shown = showSections({ ...content, cards: markCards(content.cards, withdrawn) }, wordsIn(lang));
    const sections = shown.map(({ name, cards }) => ({
      name,
      cards: cards.map((card) => ({ ...card, href: links.story(card.id) })),
    }));
    return templates.page('feed-issue', { intro: introHtml(content), sections }, lang);
  }
}

/** Feed readers that show summaries only say it too. */
function withdrawnNote(withdrawn: readonly Withdrawn[], words: Words): string {
  return words.say('feed.withdrawnAre', { titles: withdrawn.map(({ title }) => texToText(title)).join('; ') });
}
