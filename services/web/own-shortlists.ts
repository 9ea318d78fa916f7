// The reading groups of a reader on their own page: made, ended, and stories taken off their lists, with the way back.
import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import type { House } from '../../core/house.ts';
import type { Reader } from '../../core/store/readers.ts';
import { createShortlist, endShortlist, maxShortlists, putBackOnShortlist, removeFromShortlist, shortlistsOf, storiesOfShortlist } from '../../core/store/shortlists.ts'; // prettier-ignore
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { notFound, PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { rowId } from '../row-id.ts';
import { asText } from '../message.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';
import { tokenIn } from './shortlists.ts';

const newForm = z.object({
  name: z
    .string({ error: asText('groups.nameMissing') })
    .transform((typed) => oneLine(typed))
    .refine((name) => name !== '' && name.length <= 80, asText('groups.nameMissing')),
  day: z.iso.date({ error: asText('groups.dayWrong') }),
});
const endForm = z.object({ group: tokenIn() });
const listedForm = z.object({ group: tokenIn(), story: rowId() });
/** Ten years are more than any group plans. */
const farthestDays = 3_660;

/** Registers the forms; returns what the page shows of the groups. */
export function ownShortlists(app: FastifyInstance, { db, config, now }: House) {
  /** What the form offers first is what is taken: a reader's own day, which begins up to a day before or after ours. */
  const todayOf = (timezone: string | null): DateTime => DateTime.fromJSDate(now(), { zone: timezone ?? config.TIMEZONE }).startOf('day'); // prettier-ignore

  app.post('/preferences/:token/groups', async (request, reply) => {
    const { id, token, timezone } = await readerOf(db, request);
    const { name, day } = readInput(newForm, request.body);
    const today = todayOf(timezone);
    const ahead = DateTime.fromISO(day, { zone: today.zone }).diff(today, 'days').days;
    if (ahead < 0 || ahead > farthestDays)
      throw new PageError(400, { key: 'groups.dayWrong' }, { key: 'error.goBack' });
    const made = await createShortlist(db, { readerId: id, name, day, at: now() });
    if (!made)
      throw new PageError(
        400,
        { key: 'groups.tooMany', values: { most: maxShortlists } },
        { key: 'groups.tooManyTodo' },
      );
    return backToPage(reply, { token, said: 'grouped' });
  });

  app.post('/preferences/:token/groups/end', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { group } = readInput(endForm, request.body);
    if (!(await endShortlist(db, { readerId: id, token: group }))) throw notFound({ key: 'groups.missing' });
    return backToPage(reply, { token, said: 'groupEnded' });
  });

  app.post('/preferences/:token/groups/remove', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { group, story } = readInput(listedForm, request.body);
    const isOff = await removeFromShortlist(db, { readerId: id, token: group, storyId: story, at: now() });
    if (!isOff) throw notFound({ key: 'groups.missing' });
    return backToPage(reply, { token, said: 'unlisted', undo: [['undo', 'listed'], ['group', group], ['story', String(story)]] }); // prettier-ignore
  });

  app.post('/preferences/:token/groups/put-back', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { group, story } = readInput(listedForm, request.body);
    if (!(await putBackOnShortlist(db, { readerId: id, token: group, storyId: story })))
      throw notFound({ key: 'groups.missing' });
    return backToPage(reply, { token, said: 'listed' });
  });

  return async function showShortlists({ id, timezone }: Pick<Reader, 'id' | 'timezone'>, words: Words) {
    const lists = await shortlistsOf(db, id);
    const listed = await Promise.all(lists.map((list) => storiesOfShortlist(db, list.id)));
    return {
      groups: lists.map((list, at) => ({
        ...list,
        meets: words.date(list.day, 'UTC'),
        stories: listed[at]!.map((story) => ({ ...story, title: texToText(story.title) })),
      })),
      firstGroupDay: todayOf(timezone).toISODate(),
    };
  };
}
