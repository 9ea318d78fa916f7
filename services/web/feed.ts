// `/feed.xml` and `/feed.json`: the issues, newest first, each with its whole content.
import type { FastifyInstance } from 'fastify';
import { inEdition } from '../../core/editions/in-edition.ts';
import { introHtml, introText } from '../../core/letter/intro.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads, type PublishedHead } from '../../core/store/published-issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { Words } from '../../core/words.ts';
import { withdrawnInIssues } from '../../core/store/withdrawals.ts';
import { markCards } from '../mark-withdrawn.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { showSections } from '../show-card.ts';
import type { Feed, FeedEntry } from './atom.ts';
import { serveFeed } from './feed-forms.ts';

const issuesInFeed = 20;

interface Written {
  publication: string;
  heads: readonly PublishedHead[];
  all: readonly Withdrawn[];
  words: Words;
}

type Withdrawn = Awaited<ReturnType<typeof withdrawnInIssues>>[number];

/** Registers the feed. It is written once for what it holds: 20 issues are hundreds of kilobytes. */
export function feedRoom(app: FastifyInstance, room: Room): void {
  const { house, links } = room;
  const { db } = house;
  // In the publication's language and in another one.
  const rememberHtml = rememberLast<string>(2 * issuesInFeed);

  serveFeed(app, room, {
    path: '/feed',
    kept: 2,
    isPushed: true,
    make: async (_request, words) => {
      const heads = await publishedHeads(db, issuesInFeed);
      const { publication } = await loadSettings(db);
      const ids = heads.map(({ id }) => id);
      const withdrawn = await withdrawnInIssues(db, ids);
      return {
        version: [publication, heads, withdrawn],
        write: () => write({ publication, heads, all: withdrawn, words }),
      };
    },
  });

  async function write({ publication, heads, all, words }: Written): Promise<Omit<Feed, 'self'>> {
    const entries = heads.map((head) => {
      const own = all.filter(({ issueId }) => issueId === head.id);
      return showEntry(head, own, words);
    });
    return {
      publication,
      title: publication,
      id: links.home,
      page: links.archive,
      entries: await Promise.all(entries),
    };
  }

  async function showEntry(head: PublishedHead, withdrawn: readonly Withdrawn[], words: Words): Promise<FeedEntry> {
    const { slug, createdAt, sendAt, sentAt } = head;
    const ids = withdrawn.map(({ storyId }) => storyId);
    const own = house.config.SITE_LANGUAGE;
    const { lang } = words;
    const isEdition = lang !== own && head.editionLangs.includes(lang);
    const contentOf = async (): Promise<IssueContent> => inEdition(await publishedContent(db, head), { lang, own });
    // The opening of an edition is in its content; the head says that of the original.
    const opening = isEdition ? await contentOf() : { ...head, openingLang: own };
    const intro = introText(opening).join('\n\n');
    return {
      url: isEdition ? links.edition(slug, lang) : links.issue(slug),
      title: opening.title,
      lang: opening.openingLang ?? lang,
      summary: withdrawn.length === 0 ? intro : `${withdrawnNote(withdrawn, words)} ${intro}`,
      published: (sendAt ?? createdAt).toISOString(),
      updated: (sentAt ?? sendAt ?? createdAt).toISOString(),
      html: await rememberHtml(`${lang} ${own} ${head.id} ${head.contentHash} ${ids.join(' ')}`, async () =>
        showHtml(room, await contentOf(), { withdrawn: new Set(ids), words }),
      ),
    };
  }
}

/** The whole issue; what stands in another language than the feed says so itself. */
function showHtml(
  { house, links, templates }: Room,
  content: IssueContent,
  { withdrawn, words }: { withdrawn: ReadonlySet<number>; words: Words },
): Promise<string> {
  const shown = showSections({ ...content, cards: markCards(content.cards, withdrawn) }, words);
  const sections = shown.map(({ name, cards }) => ({
    name,
    cards: cards.map((card) => ({ ...card, href: links.story(card.id) })),
  }));
  const openingLang = content.saidBy ? words.lang : house.config.SITE_LANGUAGE;
  return templates.page('feed-issue', { intro: introHtml(content), openingLang, sections }, words.lang);
}

/** Feed readers that show summaries only say it too. */
function withdrawnNote(withdrawn: readonly Withdrawn[], words: Words): string {
  return words.say('feed.withdrawnAre', { titles: withdrawn.map(({ title }) => texToText(title)).join('; ') });
}
