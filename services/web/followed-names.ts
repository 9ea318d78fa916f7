// Sources and authors that a reader follows or mutes by name: rules like any other, made with one field.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { addRule, authorsLike, listRules, maxRuleLength, maxRules } from '../../core/store/rules.ts';
import { publicSources } from '../../core/store/story-lists.ts';
import { canMatch, indexRuleStories } from '../../core/readers/reader-rules.ts';
import { oneLine } from '../../core/one-line.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

const form = z.object({
  effect: z.enum(['always', 'never'], { error: asText('mine.wrongEffect') }),
  name: z
    .string({ error: asText('mine.typeName') })
    .transform((typed) => oneLine(typed))
    .refine((typed) => typed.length <= maxRuleLength, asText('mine.nameLong', { most: maxRuleLength }))
    .refine(canMatch, asText('mine.typeName')),
});

/** Whether anybody who published here is meant by a name, as rules read names. */
async function knowsAuthor(db: Queryable, name: string): Promise<boolean> {
  const authors = await authorsLike(db, name);
  const index = indexRuleStories([{ storyId: 0, title: '', text: '', authors, sources: [] }]);
  return index.hitsOf({ field: 'author', words: name }).size > 0;
}

/** Registers the form; returns what the page shows of followed and muted names. */
export function followedNamesRoom(app: FastifyInstance, { db, now }: House) {
  app.post('/preferences/:token/voices', async (request, reply) => {
    const { id, token } = await readerOf(db, request);
    const { effect, name } = readInput(form, request.body);
    const isSource = (await publicSources(db)).some(({ title }) => title.toLowerCase() === name.toLowerCase());
    const rule = { effect, field: isSource ? ('source' as const) : ('author' as const), words: name };
    const added = await addRule(db, { readerId: id, rule, at: now() });
    if (added === undefined && (await listRules(db, id)).length >= maxRules)
      throw new PageError(400, { key: 'rules.full', values: { most: maxRules } }, { key: 'rules.removeOne' });
    const isKnown = isSource || (await knowsAuthor(db, name));
    return backToPage(reply, { token, said: isKnown ? 'voiced' : 'voicedUnknown' });
  });

  return async function showFollowedNames(readerId: number) {
    const rules = await listRules(db, readerId);
    const named = rules.filter(({ field }) => field === 'author' || field === 'source');
    return {
      followedNames: named
        .filter(({ effect }) => effect !== 'only')
        .map(({ id, effect, field, words }) => ({ id, words, did: effect === 'always' ? 'followed' : 'muted', field })),
      sourceNames: (await publicSources(db)).map(({ title }) => title),
    };
  };
}
