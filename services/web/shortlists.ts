// `/groups/:token`: the stories a reading group shares, for whoever has its link.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import { storyNow } from '../../core/store/addresses.ts';
import { readerByToken } from '../../core/store/readers.ts';
import { addToShortlist, maxShortlistStories, shortlistByToken, storiesOfShortlist, type Shortlist } from '../../core/store/shortlists.ts'; // prettier-ignore
import { texToText } from '../../core/tex/tex-to-text.ts';
import { seldom } from '../guard-pages.ts';
import { mathHtml } from '../math-html.ts';
import { notFound, PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { renderDay, webcalOf } from './calendar.ts';

/** A token, or an address that has it behind one of these names: people paste what they have. */
export const tokenIn = (...names: string[]) =>
  z
    .string()
    .max(500)
    .default('')
    .transform((typed) => partAfter(typed, names));
const addForm = z.object({
  group: tokenIn('groups'),
  reader: tokenIn('preferences', 'read', 'signal', 'unsubscribe', 'confirm'),
  story: tokenIn('stories').transform(Number).pipe(z.int().min(1).max(2_147_483_647).catch(0)),
});
const params = z.object({ token: z.string().max(64) });
const saidQuery = z.object({ said: z.literal('added').optional().catch(undefined) });
/** Registers the page of a group, its day as a calendar, and the form that fills it. */
export function shortlistsRoom(app: FastifyInstance, { house, links, show, words: wordsOf }: Room): void {
  const { db, now } = house;
  app.get('/groups/:token', async (request, reply) => {
    const list = await listOf(house, request);
    const words = wordsOf(request);
    const stories = await storiesOfShortlist(db, list.id);
    const address = links.shortlist(list.token);
    return show(reply, 'shortlist', {
      title: list.name,
      isPersonal: true,
      group: list,
      address,
      calendar: webcalOf(`${address}.ics`),
      meets: words.date(list.day, 'UTC'),
      said: saidQuery.parse(request.query).said ? words.say('groups.added') : null,
      stories: stories.map((story) => ({ ...story, title: mathHtml(story.title) })),
    });
  });

  app.get('/groups/:token.ics', async (request, reply) => {
    const list = await listOf(house, request);
    const stories = await storiesOfShortlist(db, list.id);
    const lines = stories.map(({ title }) => texToText(title));
    const { host } = new URL(links.home);
    const text = renderDay({ id: `group-${list.id}@${host}`, day: list.day, summary: list.name, lines, url: links.shortlist(list.token), now: now() }); // prettier-ignore
    return reply.type('text/calendar; charset=utf-8').header('cache-control', 'no-store').header('x-robots-tag', 'noindex').send(text); // prettier-ignore
  });

  app.post('/groups/add', { config: seldom }, async (request, reply) => add(house, request, reply));
}

/** Whoever has the group's link and a link of their own may add to it. */
async function add({ db, now }: House, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { group, reader: readerToken, story } = readInput(addForm, request.body);
  const [list, reader, storyId] = await Promise.all([
    shortlistByToken(db, group),
    readerByToken(db, readerToken),
    storyNow(db, story),
  ]);
  if (!list) throw notFound({ key: 'groups.missing' });
  if (!reader) throw new PageError(400, { key: 'groups.noReader' }, { key: 'groups.noReaderTodo' });
  if (typeof storyId !== 'number') throw notFound({ key: 'story.missing' });
  const isThere = await addToShortlist(db, { id: list.id, storyId, readerId: reader.id, at: now() });
  if (!isThere)
    throw new PageError(400, { key: 'groups.full', values: { most: maxShortlistStories } }, { key: 'groups.fullTodo' });
  return reply.redirect(`/groups/${list.token}?said=added`, 303);
}

async function listOf({ db }: House, request: FastifyRequest): Promise<Shortlist> {
  const parsed = params.safeParse(request.params);
  const list = parsed.success ? await shortlistByToken(db, parsed.data.token) : undefined;
  if (!list) throw notFound({ key: 'groups.missing' });
  return list;
}

function partAfter(typed: string, names: readonly string[]): string {
  const [path = ''] = typed.trim().split('?');
  const parts = path.split('#')[0]!.split('/');
  const at = parts.findIndex((part) => names.includes(part));
  return at < 0 ? parts.join('/') : (parts[at + 1] ?? '');
}
