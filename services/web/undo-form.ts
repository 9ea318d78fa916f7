// What was just removed -> the form that brings it back; pure.
import { z } from 'zod';
import { maxInterests } from '../../core/store/interests.ts';
import { signalNames } from '../../core/signal-kinds.ts';

const undoQuery = z
  .discriminatedUnion('undo', [
    z.object({ undo: z.literal('interest'), words: z.string().max(400), weight: z.string().max(3).optional() }),
    z.object({
      undo: z.literal('weights'),
      words: z.union([z.string().max(400), z.array(z.string().max(400)).max(maxInterests)]),
      weight: z.union([z.string().max(3), z.array(z.string().max(3)).max(maxInterests)]),
    }),
    z.object({
      undo: z.literal('amount'),
      length: z.string().max(2),
      everyIssues: z.string().max(1),
      timezone: z.string().max(60),
      lang: z.string().max(2).optional(),
    }),
    z.object({
      undo: z.literal('signal'),
      story: z.string().regex(/^\d{1,10}$/),
      kind: z.enum(signalNames),
      at: z.iso.datetime(),
    }),
    z.object({
      undo: z.literal('pair'),
      slug: z.string().regex(/^[\w-]{1,40}$/),
      story: z.string().regex(/^\d{1,10}$/),
    }),
    z.object({
      undo: z.literal('listed'),
      group: z.string().regex(/^[\w-]{8,64}$/),
      story: z.string().regex(/^\d{1,10}$/),
    }),
    z.object({
      undo: z.literal('rule'),
      effect: z.string().max(10),
      field: z.string().max(10),
      words: z.string().max(100),
    }),
  ])
  .optional()
  .catch(undefined);

export interface UndoForm {
  action: string;
  fields: { name: string; value: string }[];
}

/** What each takes back is a form of the reader's page. */
const actions = {
  interest: 'interests',
  weights: 'interests/weights',
  amount: 'amount',
  listed: 'groups/put-back',
  rule: 'rules',
} as const;

/** The form an address with `undo=...` asks for; null for any other address. It only holds what the visitor's own link says. */
export function undoForm(query: unknown, token: string): UndoForm | null {
  const asked = undoQuery.parse(query);
  if (!asked) return null;
  if (asked.undo === 'signal') {
    const action = `/signal/${token}/${asked.story}/${asked.kind}`;
    return { action, fields: fieldsOf({ back: 'preferences', at: asked.at }) };
  }
  if (asked.undo === 'pair') {
    return { action: `/pair/${token}/${asked.slug}/${asked.story}`, fields: fieldsOf({ back: 'preferences' }) };
  }
  const { undo, ...values } = asked;
  return { action: `/preferences/${token}/${actions[undo]}`, fields: fieldsOf(values) };
}

function fieldsOf(values: Readonly<Record<string, string | string[] | undefined>>): UndoForm['fields'] {
  return Object.entries(values).flatMap(([name, value = []]) => [value].flat().map((one) => ({ name, value: one })));
}
