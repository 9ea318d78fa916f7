// `/boards`: what is most worth knowing in the last days for somebody of whom nothing is known, and how that is reckoned.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newsFormula, newsworthiness } from '../../core/newsworthiness.ts';
import { boardSpans, keptBoard, type BoardStory } from '../../core/store/boards.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';

const params = z.object({ span: z.enum(boardSpans.map(({ key }) => key)).catch('week') });
const shownAtMost = 30;

/** Registers a board for each span; a week is what one gets without asking. */
export function boardsRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, config } = house;
  for (const path of ['/boards', '/boards/:span']) {
    app.get(path, async (request, reply) => {
      const { span } = params.parse(request.params ?? {});
      const words = wordsOf(request);
      const now = house.now();
      const stories = await keptBoard(db, { key: span, now });
      return show(reply, 'boards', {
        title: words.say('boards.title', { span: nameOf(span) }),
        here: 'boards',
        keepSeconds: 60,
        spans: boardSpans.map(({ key }) => ({ key, name: words.say('boards.span', { span: nameOf(key) }), isHere: key === span })), // prettier-ignore
        formula: newsFormula,
        stories: stories
          .slice(0, shownAtMost)
          .map((story) => showRow(story, { now, timezone: config.TIMEZONE, words })),
      });
    });
  }
}

/** Of messages: a name in ICU begins with a letter. */
function nameOf(span: string): string {
  return span === '3-days' ? 'three' : span;
}

function showRow(story: BoardStory, { now, timezone, words }: { now: Date; timezone: string; words: Words }) {
  const { storyId, title, lang, kind, source, weights, saves, newest } = story;
  const counts = [
    words.say('card.sources', { n: weights.length }),
    ...(saves > 0 ? [words.say('boards.saves', { n: saves })] : []),
  ];
  const from = words.say('card.from', { kind: words.say(`kind.${kind}`), source });
  const meta = [from, ...counts, words.date(newest, timezone)].join(' · ');
  return { storyId, title: mathHtml(title), lang, meta, worth: newsworthiness(story, now).toFixed(2) };
}
