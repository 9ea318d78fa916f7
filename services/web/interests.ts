// The forms of interests on a reader's own page: add, weigh, remove; each with its way back.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { House } from '../../core/house.ts';
import {
  addInterests,
  listInterests,
  maxInterests,
  removeInterest,
  weighedInterests,
  weighInterests,
} from '../../core/store/interests.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import { interestWords, weighedForm, weightField } from './interest-words.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

const addForm = z.object({
  words: interestWords.refine((list) => list.length > 0, asText('mine.typeInterest')),
  /** Only the way back of a removal sends it. */
  weight: weightField.optional(),
});
const removeForm = z.object({ words: z.string({ error: asText('mine.whichInterest') }).max(400) });

/** Registers the forms. */
export function takeInterests(app: FastifyInstance, { db }: House): void {
  app.post('/preferences/:token/interests', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { words, weight } = readInput(addForm, request.body);
    const present = await listInterests(db, id);
    if (present.length >= maxInterests) {
      throw new PageError(
        400,
        { key: 'mine.interestsFull', values: { most: maxInterests } },
        { key: 'mine.removeOne' },
      );
    }
    await addInterests(db, id, words);
    if (weight !== undefined) await weighInterests(db, id, words.map((one) => ({ words: one, weight }))); // prettier-ignore
    return backToPage(reply, { token, said: 'added' });
  });

  app.post('/preferences/:token/interests/weights', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const wanted = readInput(weighedForm, request.body);
    const before = await weighedInterests(db, id);
    await weighInterests(db, id, wanted);
    const now = new Map(wanted.map(({ words, weight }) => [words, weight]));
    const changed = before.filter(({ words, weight }) => (now.get(words) ?? weight) !== weight);
    const pairs = changed.flatMap(({ words, weight }): [string, string][] => [
      ['words', words],
      ['weight', String(weight)],
    ]);
    return backToPage(reply, { token, said: 'weighed', undo: changed.length > 0 ? [['undo', 'weights'], ...pairs] : [] }); // prettier-ignore
  });

  app.post('/preferences/:token/interests/remove', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { words } = readInput(removeForm, request.body);
    const removed = (await weighedInterests(db, id)).find((one) => one.words === words);
    await removeInterest(db, id, words);
    const undo: [string, string][] = [['undo', 'interest'], ['words', words], ['weight', String(removed?.weight ?? '')]]; // prettier-ignore
    return backToPage(reply, { token, said: 'removed', undo: removed ? undo : [] });
  });
}
