// `/`: this week's issue as the first page of a newspaper, what the field is up to, and how to get the next one.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../core/house.ts';
import { listDeadlines } from '../../core/store/deadlines.ts';
import { publishedBySlug } from '../../core/store/published-issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { withdrawnAmong } from '../../core/store/withdrawals.ts';
import { nextTime, weekOf } from '../../core/week.ts';
import type { Words } from '../../core/words.ts';
import { markCards } from '../mark-withdrawn.ts';
import { readInput } from '../read-input.ts';
import type { Page, Room } from '../room.ts';
import { sketchMap } from '../show-map.ts';
import { inNewestWeek, showTrends } from '../topic-weather.ts';
import { nextDates, showDue } from './deadlines.ts';
import { layOutFront } from './front-page.ts';
import { peekQuery } from './interest-words.ts';
import { nothingTyped, type ShowSubscribe } from './subscribe-page.ts';
import { topicsToOffer } from './topics-now.ts';
import { showShare } from './show-share.ts';
import type { NewestIssue, ShownIssue } from './newest-issue.ts';
import { wholeTitle } from './whole-title.ts';

const deadlinesShown = 3;
/** Countdowns and weather are as old as this at most. */
const freshMs = 60_000;

/** Registers the first page, which says the next step on an empty installation, and what a letter would hold. */
export function homeRoom(
  app: FastifyInstance,
  room: Room,
  { newestIssue, showSubscribe }: { newestIssue: NewestIssue; showSubscribe: ShowSubscribe },
): void {
  const { house, links, show, showKept, templates, words: wordsOf } = room;
  const { db, config, now } = house;

  app.get('/', async (request, reply) => {
    const words = wordsOf(request);
    const issue = await newestIssue();
    if (issue) {
      const { head } = issue;
      const [withdrawn, share] = await Promise.all([withdrawnAmong(db, issue.ids), showShare(house, links, head)]);
      const fresh = Math.floor(now().getTime() / freshMs);
      const key = JSON.stringify([
        head.id,
        head.contentHash,
        issue.cards.map(({ topic }) => topic),
        share,
        fresh,
        [...withdrawn].toSorted((a, b) => a - b),
      ]);
      return showKept(reply, 'home', {
        key,
        make: async () => ({ ...(await frontOf(house, { issue, withdrawn, words })), canonical: links.home, share }),
      });
    }
    const { setUp } = await loadSettings(db);
    const next = words.date(nextTime(config.SEND_AT, now(), config.TIMEZONE), config.TIMEZONE);
    const nothing = { front: null, sketch: null, peek: [] };
    return show(reply, 'home', {
      ...pageHead(words),
      isSetUp: setUp === true,
      next,
      ...nothing,
      ...(await aroundIt(house, { words, topics: [] })),
    });
  });

  app.get('/subscribe', (_request, reply) => showSubscribe(reply));

  app.get('/subscribe/peek', async (request, reply) => {
    const words = wordsOf(request);
    const interests = readInput(peekQuery, request.query);
    const peek = (await newestIssue())?.peek;
    const shown = { picks: peek?.picks(interests, words) ?? [], unmet: peek?.unmet(interests, words) ?? '' };
    const html = await templates.page('peek', shown, words.lang);
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
  });
}

function pageHead(words: Words): Page {
  return { title: words.say('home.title'), here: 'home', typed: nothingTyped };
}

/** The weather, what it offers to follow, and the next deadlines; `topics` are those of the issue. */
async function aroundIt({ db, config, now }: House, { words, topics }: { words: Words; topics: readonly string[] }) {
  const at = now();
  const week = weekOf(at, config.TIMEZONE);
  const [weather, deadlines] = await Promise.all([topicWeather(db, week.monday), listDeadlines(db, at)]);
  const due = nextDates(deadlines, at, words)
    .slice(0, deadlinesShown)
    .map((deadline) => showDue(deadline, { zone: config.TIMEZONE, now: at, words }));
  const isNow = inNewestWeek(weather).when === 'now';
  const monday = isNow ? week.monday : weekOf(new Date(week.start.getTime() - 1), config.TIMEZONE).monday;
  const weatherOf = words.date(monday, 'UTC');
  return { trends: showTrends(weather, words), weatherOf, topics: topicsToOffer(weather, topics), due };
}

async function frontOf(
  house: House,
  { issue, withdrawn, words }: { issue: ShownIssue; withdrawn: ReadonlySet<number>; words: Words },
): Promise<Page> {
  const { db } = house;
  const { head, sections, lead, peek } = issue;
  const [around, published] = await Promise.all([
    aroundIt(house, { words, topics: issue.topics }),
    publishedBySlug(db, head.slug),
  ]);
  const { cards } = issue;
  const { slug, number } = head;
  const title = wholeTitle(head.title, cards);
  const date = words.date(issue.date, 'UTC');
  const front = layOutFront({ sections, lead, cards: markCards(cards, withdrawn), isWhole: head.pooled === 0 }, words);
  const by = published?.approvedBy ? [words.say('issue.approvedBy', { name: published.approvedBy })] : [];
  const counts = [words.say('home.counts', { n: head.stories }), ...by].join(' · ');
  return {
    ...pageHead(words),
    isSetUp: true,
    front: front ? { ...front, slug, title, number, date, counts } : null,
    sketch: sketchMap(cards),
    peek: peek.picks([], words),
    ...around,
  };
}
