// `/boards`: what is most worth knowing in the last days for somebody of whom nothing is known, and how that is reckoned.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newsFormula, newsworthiness } from '../../core/newsworthiness.ts';
import { boardStories, type BoardStory } from '../../core/store/boards.ts';
import { readableDate } from '../../core/week.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';

const dayMs = 86_400_000;
const spans = [
  { key: '3-days', name: '3 days', days: 3 },
  { key: 'week', name: 'Week', days: 7 },
  { key: 'month', name: 'Month', days: 30 },
  { key: 'year', name: 'Year', days: 365 },
] as const;
const params = z.object({ span: z.enum(spans.map(({ key }) => key)).catch('week') });
const shownAtMost = 30;
const kindNames = { paper: 'paper', video: 'talk', post: 'post' } as const;

/** Registers a board for each span; a week is what one gets without asking. */
export function boardsRoom(app: FastifyInstance, { house, show }: Room): void {
  const { db, now, config } = house;
  for (const path of ['/boards', '/boards/:span']) {
    app.get(path, async (request, reply) => {
      const { span } = params.parse(request.params ?? {});
      const { days, name } = spans.find(({ key }) => key === span)!;
      const stories = await boardStories(db, new Date(now().getTime() - days * dayMs));
      const top = stories
        .map((story) => ({ story, worth: newsworthiness(story, now()) }))
        .toSorted((a, b) => b.worth - a.worth || a.story.storyId - b.story.storyId)
        .slice(0, shownAtMost);
      return show(reply, 'boards', {
        title: `Top of the ${name.toLowerCase()}`,
        here: 'boards',
        keepSeconds: 60,
        spans: spans.map((one) => ({ ...one, isHere: one.key === span })),
        formula: newsFormula,
        stories: top.map(({ story, worth }) => showRow(story, { worth, timezone: config.TIMEZONE })),
      });
    });
  }
}

function showRow(story: BoardStory, { worth, timezone }: { worth: number; timezone: string }) {
  const { storyId, title, lang, kind, source, weights, saves, newest } = story;
  const counts = [
    weights.length === 1 ? '1 source' : `${weights.length} sources`,
    ...(saves > 0 ? [saves === 1 ? '1 save' : `${saves} saves`] : []),
  ];
  const meta = [`${kindNames[kind]}, ${source}`, ...counts, readableDate(newest, timezone)].join(' · ');
  return { storyId, title: mathHtml(title), lang, meta, worth: worth.toFixed(2) };
}
