// `/boards`: the stories of a span in three orders that are the same for everybody, and how each is reckoned.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { newsworthiness } from '../../core/newsworthiness.ts';
import { beginOf, boardNames, boardSpans, keptBoard, type BoardName, type BoardSpan, type BoardStory } from '../../core/store/boards.ts'; // prettier-ignore
import { recentStories, type RecentCursor } from '../../core/store/recent-stories.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';
import type { Room } from '../room.ts';

const spanKeys = boardSpans.map(({ key }) => key);
const asked = z.object({ board: z.enum(boardNames).catch('hype'), span: z.enum(spanKeys).catch('week') });
/** Behind which story a page of the newest begins: the millisecond it was published, until the year 5138, and its number. */
const behind = z.object({ before: z.string().regex(/^\d{1,14}-[1-9]\d{0,8}$/).optional().catch(undefined) }); // prettier-ignore
const shownAtMost = 30;

/** Registers each board in each span; what is most worth knowing of a week is what one gets without asking. */
export function boardsRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, config } = house;
  for (const path of ['/boards', '/boards/:board/:span']) {
    app.get(path, async (request, reply) => {
      const { board, span } = asked.parse(request.params ?? {});
      const words = wordsOf(request);
      const now = house.now();
      const before = placeOf(behind.parse(request.query).before);
      const { stories, older } = await storiesOf(db, { board, span: spanOf(span), before, now });
      return show(reply, 'boards', {
        title: words.say(`boards.${board}Title`, { span: nameOf(span) }),
        here: 'boards',
        keepSeconds: 60,
        board,
        span,
        boards: boardNames.map((key) => ({ key, name: words.say(`boards.${key}`), isHere: key === board })),
        spans: spanKeys.map((key) => ({ key, name: words.say('boards.span', { span: nameOf(key) }), isHere: key === span })), // prettier-ignore
        says: words.say(`boards.${board}Says`),
        formula: words.say(`boards.${board}Formula`),
        hint: words.say(`boards.${board}Hint`),
        none: board === 'saved' ? words.say('boards.savedNone', { save: words.say('signal.saveWords') }) : words.say('boards.none'), // prettier-ignore
        older: older ?? null,
        stories: stories.map((story) => showRow(story, { board, now, timezone: config.TIMEZONE, words })),
      });
    });
  }
  // There was one board, with these addresses.
  app.get<{ Params: { board: string } }>('/boards/:board', async ({ params: { board: span } }, reply) =>
    reply.redirect(`/boards/hype/${asked.parse({ span }).span}`, 301),
  );
}

/** Of messages: a name in ICU begins with a letter. */
function nameOf(span: string): string {
  return span === '3-days' ? 'three' : span;
}

function spanOf(wanted: BoardSpan['key']): BoardSpan {
  return boardSpans.find(({ key }) => key === wanted)!;
}

function placeOf(before: string | undefined): RecentCursor | undefined {
  const [at, storyId] = before?.split('-').map(Number) ?? [];
  return at === undefined || storyId === undefined ? undefined : { newest: new Date(at), storyId };
}

/** The page asked for, and where the next one begins: of the newest there is more, of the others only the best are counted. */
async function storiesOf(
  db: Queryable,
  { board, span, before, now }: { board: BoardName; span: BoardSpan; before: RecentCursor | undefined; now: Date },
): Promise<{ stories: BoardStory[]; older?: string | undefined }> {
  if (board !== 'recent') {
    const kept = await keptBoard(db, { name: board, span: span.key, now });
    return { stories: kept.slice(0, shownAtMost) };
  }
  const read = await recentStories(db, {
    since: beginOf(span, now),
    now,
    ...(before && { before }),
    limit: shownAtMost + 1,
  });
  const stories = read.slice(0, shownAtMost);
  const last = stories.at(-1);
  return { stories, older: last && read.length > shownAtMost ? `${last.newest.getTime()}-${last.storyId}` : undefined };
}

interface Showing {
  board: BoardName;
  now: Date;
  timezone: string;
  words: Words;
}

function showRow(story: BoardStory, { board, now, timezone, words }: Showing) {
  const { storyId, title, lang, kind, source, weights, saves, newest } = story;
  const meta = [
    words.say('card.from', { kind: words.say(`kind.${kind}`), source }),
    words.say('card.sources', { n: weights.length }),
    ...(saves > 0 ? [words.say('boards.saves', { n: saves })] : []),
    words.date(newest, timezone),
    ...(board === 'hype' ? [words.say('boards.worth', { worth: newsworthiness(story, now).toFixed(2) })] : []),
  ];
  return { storyId, title: mathHtml(title), lang, meta: meta.join(' · ') };
}
