// `/preferences/:token/rules`: what a reader always wants, never wants, or wants only, and what that would have hit.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { canMatch, type Rule } from '../../core/readers/reader-rules.ts';
import { addRule, listRules, maxRuleLength, maxRules, removeRule } from '../../core/store/rules.ts';
import { PageError } from '../page-error.ts';
import type { Words } from '../../core/words.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { readerOf } from './reader-of.ts';
import { createRulePreview, type RulePreview } from './rule-preview.ts';

const effect = z.enum(['always', 'never', 'only'], { error: asText('rules.chooseEffect') });
const field = z.enum(['author', 'lab', 'source', 'word'], { error: asText('rules.chooseField') });
const ruleWords = z
  .string({ error: asText('rules.typeWords') })
  .transform((typed) => oneLine(typed.replace(/\p{Cc}+/gu, ' ')))
  .refine((typed) => typed.length <= maxRuleLength, asText('rules.long', { most: maxRuleLength }))
  .refine(canMatch, asText('rules.typeSearched'));
const ruleForm = z.object({ effect, field, words: ruleWords });
const removeForm = z.object({ id: rowId(asText('rules.which')) });
/** What is being typed: anything may be missing, and nothing is refused. */
const draftQuery = z.object({
  effect: effect.catch('never'),
  field: field.catch('word'),
  words: z.string().max(maxRuleLength).catch(''),
});

/** Registers the forms and the preview; returns what the preferences page shows of rules. */
export function rulesRoom(app: FastifyInstance, { house, show }: Room) {
  const { db, now } = house;
  const loadPreview = createRulePreview(house);

  app.get('/preferences/:token/rules/preview', async (request, reply) => {
    await readerOf(db, request);
    const draft = readInput(draftQuery, request.query);
    return show(reply, 'rule-hits', { title: '', draft: showDraft(draft, await loadPreview()) });
  });

  app.post('/preferences/:token/rules', async (request, reply) => {
    const reader = await readerOf(db, request);
    const rule = readInput(ruleForm, request.body);
    const added = await addRule(db, { readerId: reader.id, rule, at: now() });
    if (added === undefined && (await listRules(db, reader.id)).length >= maxRules)
      throw new PageError(400, { key: 'rules.full', values: { most: maxRules } }, { key: 'rules.removeOne' });
    return reply.redirect(`/preferences/${reader.token}?said=ruled#rules`, 303);
  });

  app.post('/preferences/:token/rules/remove', async (request, reply) => {
    const reader = await readerOf(db, request);
    const rule = await removeRule(db, { readerId: reader.id, id: readInput(removeForm, request.body).id });
    const undo = rule ? `&${new URLSearchParams({ undo: 'rule', ...rule }).toString()}` : '';
    return reply.redirect(`/preferences/${reader.token}?said=removed${undo}`, 303);
  });

  return async function showRules(readerId: number, query: unknown, words: Words) {
    const rules = await listRules(db, readerId);
    const preview = await loadPreview();
    return {
      rules: rules.map((rule) => ({ id: rule.id, words: wordsOf(rule, words), hits: preview.hitsOf(rule).count })),
      hasTrial: preview.storyCount > 0,
      together: rules.length > 0 ? preview.together(rules, words) : null,
      draft: showDraft(readInput(draftQuery, query), preview),
      maxRules,
      maxRuleLength,
    };
  };
}

/** "Never with the words 'game'" */
function wordsOf({ effect: what, field: where, words }: Rule, say: Words): string {
  return say.say('rules.is', { effect: what, field: where, words });
}

function showDraft(draft: Rule, preview: RulePreview) {
  return { ...draft, hits: canMatch(draft.words) ? preview.hitsOf(draft) : null };
}
