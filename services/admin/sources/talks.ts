// `/desk/talks`: talks without a transcript, why, when each is tried again; and captions that a curator gives.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { House } from '../../../core/house.ts';
import { safeHref } from '../../../core/letter/safe-href.ts';
import { giveCaptions, pausedHosts, unheardTalks, type UnheardTalk } from '../../../core/store/transcripts.ts';
import { notFound } from '../../page-error.ts';
import { readInput } from '../../read-input.ts';
import { readParams } from '../../read-params.ts';
import type { Room } from '../../room.ts';
import { deskTime } from '../desk-time.ts';
import { editorOf, note, showDesk } from '../desk.ts';
import { issueParams as idParams } from '../issue/issue-params.ts';

/** Three hours of json3 with a time for each word. */
const maxCaptions = 4_000_000;
/** The worker reads them; what is plainly something else is told at once. */
const captionsStart = /^\ufeff?\s*(?:WEBVTT|\{)|\d\s{0,9}-->\s{0,9}\d/;
const form = z.object({
  captions: z
    .string({ error: 'Paste the captions.' })
    .max(maxCaptions, 'Captions may have at most four million characters.')
    .regex(
      captionsStart,
      'These are no captions: they should begin with WEBVTT or {, or have lines such as 00:00:01,000 --> 00:00:03,000.',
    ),
});
const query = z.object({ said: z.enum(['given']).optional().catch(undefined) });

const stateWords = {
  pending: ['waiting for its turn', 'muted'],
  upcoming: ['is not on air yet', 'muted'],
  none: ['has no captions', 'muted'],
  blocked: ['blocked', 'warn'],
  failed: ['failed', 'bad'],
} as const;

/** Registers the list and its forms. */
export function talksRoom(desk: FastifyInstance, room: Room): void {
  const { db, config, now } = room.house;

  desk.get('/desk/talks', async (request, reply) => {
    const { said } = readInput(query, request.query);
    const paused = await pausedHosts(db, now());
    return showDesk(
      room,
      { request, reply },
      {
        name: 'desk-talks',
        isKeepable: true,
        title: 'Talks without a transcript',
        here: 'sources',
        said: said ? 'Taken. The transcript is being made now.' : null,
        maxCaptions,
        paused: paused.map(({ host, until }) => ({ host, until: deskTime(until, config.TIMEZONE) })),
        talks: (await unheardTalks(db, 100)).map((talk) => showTalk(talk, config.TIMEZONE)),
      },
    );
  });
  takeCaptions(desk, room.house);
}

function takeCaptions(desk: FastifyInstance, { db, now, queue }: House): void {
  // Captions of a long talk are larger than any other form, and pasted they grow threefold.
  desk.post('/desk/items/:id/captions', { bodyLimit: 3 * maxCaptions }, async (request, reply) => {
    const curator = editorOf(request);
    const { id } = readParams(idParams, request);
    const { captions } = readInput(form, request.body);
    const at = now();
    await db.transaction(async (tx) => {
      if (!(await giveCaptions(tx, { itemId: id, text: captions, givenBy: curator.name, at }))) {
        throw notFound('There is no such talk.');
      }
      await note(tx, curator, { action: 'give captions', subject: `item ${id}`, at });
    });
    await queue.enqueue('transcripts.fetch', {});
    return reply.redirect('/desk/talks?said=given', 303);
  });
}

function showTalk({ itemId, title, url, source, state, reason, nextAt }: UnheardTalk, timezone: string) {
  const [words, colour] = stateWords[state];
  const next = deskTime(nextAt, timezone) ?? (state === 'pending' ? 'soon' : 'not again');
  return { id: itemId, title, url: safeHref(url), source, state: words, colour, reason, next };
}
