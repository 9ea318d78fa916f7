// `/`: what this is, the latest issue, and how to get the next one.
import type { FastifyInstance } from 'fastify';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads, type PublishedHead } from '../../core/store/published-issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { nextTime, readableDate } from '../../core/week.ts';
import { withdrawnAmong } from '../../core/store/withdrawals.ts';
import { markCards } from '../mark-withdrawn.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import { showCard, showParagraphs } from '../show-card.ts';

const picksShown = 5;

/** Registers the first page; on an empty installation it says the next step instead. */
export function homeRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, config, now } = house;
  const remember = rememberLast<IssueContent>(1);

  async function latestIssue(): Promise<ReturnType<typeof showLatest> | null> {
    const [head] = await publishedHeads(db, 1);
    if (!head) return null;
    const content = await remember(`${head.id} ${head.contentHash}`, () => publishedContent(db, head));
    const picks = content.cards.filter(({ role }) => role === 'pick').slice(0, picksShown);
    const ids = picks.map(({ storyId }) => storyId);
    return showLatest(head, markCards(picks, await withdrawnAmong(db, ids)));
  }

  app.get('/', async (_request, reply) => {
    const { setUp } = await loadSettings(db);
    const next = readableDate(nextTime(config.SEND_AT, now(), config.TIMEZONE), config.TIMEZONE);
    return show(reply, 'home', {
      title: 'The week, in a dozen stories',
      here: 'home',
      isSetUp: setUp === true,
      next,
      latest: await latestIssue(),
    });
  });
}

function showLatest({ number, title, slug, intro, cards: count }: PublishedHead, picks: readonly Card[]) {
  return { number, title, slug, intro: showParagraphs(intro), count, cards: picks.map(showCard) };
}
