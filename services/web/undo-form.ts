// What was just removed -> the form that brings it back; pure.
import { z } from 'zod';
import { signalNames } from '../../core/signal-kinds.ts';

const undoQuery = z
  .discriminatedUnion('undo', [
    z.object({ undo: z.literal('interest'), words: z.string().max(400) }),
    z.object({
      undo: z.literal('signal'),
      story: z.string().regex(/^\d{1,10}$/),
      kind: z.enum(signalNames),
      at: z.iso.datetime(),
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

/** The form an address with `undo=...` asks for; null for any other address. It only holds what the visitor's own link says. */
export function undoForm(query: unknown, token: string): UndoForm | null {
  const asked = undoQuery.parse(query);
  if (!asked) return null;
  const fieldsOf = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
  if (asked.undo === 'signal') {
    const action = `/signal/${token}/${asked.story}/${asked.kind}`;
    return { action, fields: fieldsOf({ back: 'preferences', at: asked.at }) };
  }
  const { undo, ...values } = asked;
  return { action: `/preferences/${token}/${undo}s`, fields: fieldsOf(values) };
}
