// `/issues`: every issue that was sent, each story with its permalink, as it was approved.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { editionBadge, inEdition } from '../../core/editions/in-edition.ts';
import { introHtml, introText } from '../../core/letter/intro.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { ApprovedIssue, Issue } from '../../core/store/issues.ts';
import {
  issuesBeside,
  publishedBySlug,
  publishedContent,
  publishedHeads,
  storiesOf,
  type PublishedHead,
} from '../../core/store/published-issues.ts';
import { topicsOfStories } from '../../core/store/topic-lists.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { weekOf } from '../../core/week.ts';
import { linesOfTopics } from '../topic-weather.ts';
import { topicToday, type TopicsToday } from './topics-now.ts';
import { correctionsOf } from '../../core/store/corrections.ts';
import { english, type Words } from '../../core/words.ts';
import { wordsLangs } from '../../core/words-langs.ts';
import { withdrawnAmong } from '../../core/store/withdrawals.ts';
import { markWithdrawn } from '../mark-withdrawn.ts';
import { onPage, pageNumber } from '../on-page.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showMap } from '../show-map.ts';
import { inLang } from './edition-texts.ts';
import { showEditions } from './show-editions.ts';
import { issueData } from './linked-data.ts';
import { showShare } from './show-share.ts';
import { topicsOf } from './front-page.ts';
import { layOutIssue } from './issue-page.ts';
import { linesOfRest } from './issue-rest.ts';
import { hourMs } from '../../core/time.ts';

/** Of the stories that no curator prepared; the others are on pages of their own. */
const linesShown = 50;
/** A year of them. */
const issuesOnPage = 52;
const listQuery = z.object({ page: pageNumber() });
const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/), lang: z.enum(wordsLangs).optional() });

/** Registers the list and the issues. */
export function archiveRoom(app: FastifyInstance, room: Room): void {
  listRoom(app, room);

  for (const path of ['/issues/:slug', '/issues/:slug/:lang']) app.get(path, (request, reply) => showSent(room, request, reply)); // prettier-ignore
}

/** Hundreds of cards take a tenth of a second; what was sent never changes under its hash. */
async function showSent(
  { house, links, showKept, words: wordsOf }: Room,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = params.safeParse(request.params);
  const head = parsed.success ? await publishedBySlug(house.db, parsed.data.slug) : undefined;
  const lang = parsed.data?.lang;
  if (!head || (lang !== undefined && !head.editionLangs.includes(lang))) throw notFound({ key: 'issue.missing' });
  if (lang !== undefined) request.pageLang = lang;
  const words = wordsOf(request);
  const { id, number, slug, contentHash, approvedBy } = head;
  const { corrections, withdrawn, ofStories, beside, rest, share } = await factsBeside({ house, links }, head, words);
  const taken = [...withdrawn].toSorted((a, b) => a - b);
  const hour = Math.floor(house.now().getTime() / hourMs);
  const key = JSON.stringify([
    id,
    slug,
    lang,
    contentHash,
    approvedBy,
    corrections,
    beside,
    rest,
    share,
    taken,
    [...ofStories],
    hour,
  ]);
  return showKept(reply, 'issue', {
    key,
    make: async () => {
      const own = house.config.SITE_LANGUAGE;
      const original = await markWithdrawn(house.db, await publishedContent(house.db, head));
      const content = lang === undefined ? original : inEdition(original, { lang, own });
      const url = lang === undefined ? links.issue(slug) : links.edition(slug, lang);
      const { title, cards } = content;
      const today = await topicsToday(house, ofStories, words);
      return {
        title,
        here: 'issues',
        description: introText(content).join(' ').slice(0, 200),
        canonical: url,
        share,
        feedAddress: lang === undefined ? null : inLang(links.feed, lang),
        linkedData: issueData({ title, date: content.date, url, cards, links }),
        ...showIssue(content, { number, approvedBy, today }, words),
        slug,
        shareBy: shareByMail(title, url),
        permalink: lang === undefined ? slug : `${slug}/${lang}`,
        ...showEditions(head, { links, own, lang }),
        corrections: corrections.map((one) => ({ words: one.words, at: words.date(one.at, house.config.TIMEZONE) })),
        ...beside,
        rest,
        restCount: head.pooled,
      };
    },
  });
}

/** A share that asks nobody: the reader's own mail program. */
function shareByMail(title: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`;
}

function listRoom(app: FastifyInstance, { house, show, words }: Room): void {
  app.get('/issues', async (request, reply) => {
    const { page } = listQuery.parse(request.query);
    const say = words(request);
    const { rows: issues, ...pages } = onPage(await publishedHeads(house.db), page, issuesOnPage);
    return show(reply, 'issues', {
      title: say.say('issue.title'),
      here: 'issues',
      keepSeconds: 60,
      ...pages,
      issues: issues.map(({ number, slug, title, stories, date, ...head }) => ({
        number,
        slug,
        title,
        intro: introHtml(head),
        date: say.date(date, 'UTC'),
        count: stories,
      })),
    });
  });
}

const topicsBeside = 6;

/** What is not in the content: what became of a paper since, the topics of today, the issues before and after. */
async function factsBeside({ house, links }: Pick<Room, 'house' | 'links'>, head: PublishedHead, words: Words) {
  const { id, slug } = head;
  const storyIds = await storiesOf(house.db, head);
  const [corrections, withdrawn, ofStories, beside, rest, share] = await Promise.all([
    correctionsOf(house.db, id),
    withdrawnAmong(house.db, storyIds),
    topicsOfStories(house.db, storyIds),
    issuesBeside(house.db, head),
    linesOfRest(house.db, { head, from: 0, limit: linesShown }, words),
    showShare(house, links, { slug }),
  ]);
  return { corrections, withdrawn, ofStories, beside, rest, share };
}

/** The topics of stories, and the way of each, as they are today. */
async function topicsToday(
  { db, now, config }: House,
  ofStories: TopicsToday['ofStories'],
  words: Words,
): Promise<TopicsToday> {
  const { monday } = weekOf(now(), config.TIMEZONE);
  return { ofStories, lines: linesOfTopics(await topicWeather(db, monday), words) };
}

/** The largest of the issue, under the names of its day; a page that is public says what each is called today, and shows its way. */
function topicsOfIssue(cards: IssueContent['cards'], today?: TopicsToday) {
  return topicsOf(cards, topicsBeside).map((name) => {
    const own = cards.filter(({ topic }) => topic === name);
    const now = today && topicToday(own.map(({ storyId }) => storyId), today.ofStories); // prettier-ignore
    const isRenamed = now !== undefined && now.name !== name;
    const { line = null, words = '' } = (now && today.lines.get(now.id)) ?? {};
    return { name, count: own.length, now: now ?? null, isRenamed, line, words };
  });
}

/** What `templates/pages/issue.liquid` shows of a content: to the public, and at the desk before it is theirs. */
export function showIssue(
  content: IssueContent,
  { number, approvedBy, today }: { number: number; approvedBy: string | null; today?: TopicsToday },
  words: Words = english,
) {
  const { title, cards, pool } = content;
  return {
    issue: {
      title,
      number,
      date: words.date(content.date, 'UTC'),
      intro: introHtml(content),
      count: cards.length + (pool?.count ?? 0),
      approvedBy,
      lang: content.openingLang ?? null,
      badge: content.saidBy ? editionBadge(content.saidBy, words) : null,
    },
    before: null,
    after: null,
    shareBy: null as string | null,
    topicsOfIssue: topicsOfIssue(cards, today),
    editions: [] as { lang: string; name: string; href: string }[],
    // Of a draft there are none; the archive says its own.
    corrections: [] as { words: string; at: string }[],
    ...layOutIssue(content, words),
    map: showMap(cards, (storyId) => `#story-${storyId}`, words),
  };
}

/** What the public may read is what readers were sent: the frozen content of an issue on its way or gone out. */
export function isPublished(issue: Issue): issue is ApprovedIssue {
  return (issue.status === 'sending' || issue.status === 'sent') && issue.content !== null;
}
