// `/preferences/:token/rules`: what a reader always wants, never wants, or wants only, and what that would have hit.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { canMatch, type Rule } from '../../core/reader-rules.ts';
import { addRule, listRules, maxRuleLength, maxRules, removeRule } from '../../core/store/rules.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { readerOf } from './reader-of.ts';
import { createRulePreview, type RulePreview } from './rule-preview.ts';

const effect = z.enum(['always', 'never', 'only'], { error: 'Choose always, never or only.' });
const field = z.enum(['author', 'lab', 'source', 'word'], { error: 'Choose an author, a source, a lab or words.' });
const ruleWords = z
  .string({ error: 'Type a name or words.' })
  .transform((typed) => oneLine(typed.replace(/\p{Cc}+/gu, ' ')))
  .refine((typed) => typed.length <= maxRuleLength, `A rule may have at most ${maxRuleLength} characters.`)
  .refine(canMatch, 'Type a name or words to look for.');
const ruleForm = z.object({ effect, field, words: ruleWords });
const removeForm = z.object({ id: rowId('Say which rule to remove.') });
/** What is being typed: anything may be missing, and nothing is refused. */
const draftQuery = z.object({
  effect: effect.catch('never'),
  field: field.catch('word'),
  words: z.string().max(maxRuleLength).catch(''),
});

const effectWords = { always: 'Always', never: 'Never', only: 'Only' } as const;
const fieldWords = {
  author: 'by the author',
  lab: 'from the lab',
  source: 'from the source',
  word: 'with the words',
} as const;

/** Registers the forms and the preview; returns what the preferences page shows of rules. */
export function rulesRoom(app: FastifyInstance, { house, show }: Room) {
  const { db, now } = house;
  const loadPreview = createRulePreview(house);

  app.get('/preferences/:token/rules/preview', async (request, reply) => {
    await readerOf(db, request);
    const draft = readInput(draftQuery, request.query);
    return show(reply, 'rule-hits', { title: 'Hits', draft: showDraft(draft, await loadPreview()) });
  });

  app.post('/preferences/:token/rules', async (request, reply) => {
    const reader = await readerOf(db, request);
    const rule = readInput(ruleForm, request.body);
    const added = await addRule(db, { readerId: reader.id, rule, at: now() });
    if (added === undefined && (await listRules(db, reader.id)).length >= maxRules)
      throw new PageError(400, `You have ${maxRules} rules, which is all that fit.`, 'Remove one, then add another.');
    return reply.redirect(`/preferences/${reader.token}?said=ruled#rules`, 303);
  });

  app.post('/preferences/:token/rules/remove', async (request, reply) => {
    const reader = await readerOf(db, request);
    const rule = await removeRule(db, { readerId: reader.id, id: readInput(removeForm, request.body).id });
    const undo = rule ? `&${new URLSearchParams({ undo: 'rule', ...rule }).toString()}` : '';
    return reply.redirect(`/preferences/${reader.token}?said=removed${undo}`, 303);
  });

  return async function showRules(readerId: number, query: unknown) {
    const rules = await listRules(db, readerId);
    const preview = await loadPreview();
    return {
      rules: rules.map((rule) => ({ id: rule.id, words: wordsOf(rule), hits: preview.hitsOf(rule).count })),
      hasTrial: preview.storyCount > 0,
      together: rules.length > 0 ? preview.together(rules) : null,
      draft: showDraft(readInput(draftQuery, query), preview),
      maxRules,
      maxRuleLength,
    };
  };
}

/** "Never with the words 'game'" */
function wordsOf({ effect: what, field: where, words }: Rule): string {
  return `${effectWords[what]} ${fieldWords[where]} “${words}”`;
}

function showDraft(draft: Rule, preview: RulePreview) {
  return { ...draft, hits: canMatch(draft.words) ? preview.hitsOf(draft) : null };
}
