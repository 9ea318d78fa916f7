// `/`: what this is, the latest issue, and how to get the next one.
import type { FastifyInstance } from 'fastify';
import { listPublished } from '../../core/store/issues.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { nextTime, readableDate } from '../../core/week.ts';
import type { Room } from '../room.ts';
import { showCard, showParagraphs } from '../show-card.ts';

/** Registers the first page; on an empty installation it says the next step instead. */
export function homeRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, config, now } = house;
  app.get('/', async (_request, reply) => {
    const { setUp } = await loadSettings(db);
    const [latest] = await listPublished(db);
    const next = readableDate(nextTime(config.SEND_AT, now(), config.TIMEZONE), config.TIMEZONE);
    return show(reply, 'home', {
      title: 'The week, in a dozen stories',
      here: 'home',
      isSetUp: setUp === true,
      next,
      latest: latest
        ? {
            title: latest.title,
            slug: latest.slug,
            intro: showParagraphs(latest.content.intro),
            count: latest.content.cards.length,
            cards: latest.content.cards
              .filter(({ role }) => role === 'pick')
              .slice(0, 5)
              .map(showCard),
          }
        : null,
    });
  });
}
