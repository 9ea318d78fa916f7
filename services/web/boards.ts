// `/boards`: what is most worth knowing in the last days for somebody of whom nothing is known, and how that is reckoned.
import type { FastifyInstance } from 'fastify';
import { itemKindNames } from '../../core/item-kinds.ts';
import { z } from 'zod';
import { newsFormula, newsworthiness } from '../../core/newsworthiness.ts';
import { boardSpans, keptBoard, type BoardStory } from '../../core/store/boards.ts';
import { readableDate } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';

const params = z.object({ span: z.enum(boardSpans.map(({ key }) => key)).catch('week') });
const shownAtMost = 30;

/** Registers a board for each span; a week is what one gets without asking. */
export function boardsRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, config } = house;
  for (const path of ['/boards', '/boards/:span']) {
    app.get(path, async (request, reply) => {
      const { span } = params.parse(request.params ?? {});
      const now = house.now();
      const stories = await keptBoard(db, { key: span, now });
      return show(reply, 'boards', {
        title: `Top of the ${boardSpans.find(({ key }) => key === span)!.name.toLowerCase()}`,
        here: 'boards',
        keepSeconds: 60,
        spans: boardSpans.map(({ key, name }) => ({ key, name, isHere: key === span })),
        formula: newsFormula,
        stories: stories.slice(0, shownAtMost).map((story) => showRow(story, { now, timezone: config.TIMEZONE })),
      });
    });
  }
}

function showRow(story: BoardStory, { now, timezone }: { now: Date; timezone: string }) {
  const { storyId, title, lang, kind, source, weights, saves, newest } = story;
  const counts = [
    weights.length === 1 ? '1 source' : `${weights.length} sources`,
    ...(saves > 0 ? [saves === 1 ? '1 save' : `${saves} saves`] : []),
  ];
  const meta = [`${itemKindNames[kind]}, ${source}`, ...counts, readableDate(newest, timezone)].join(' · ');
  return { storyId, title: mathHtml(title), lang, meta, worth: newsworthiness(story, now).toFixed(2) };
}
