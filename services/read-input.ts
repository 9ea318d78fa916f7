// Form fields, parameters and queries -> typed values; what does not fit becomes a 400 in plain words.
import type { z } from 'zod';
import { PageError } from './page-error.ts';
import { fromText, type PageMessage } from './message.ts';

/** Reads a value by its schema. The first thing that is wrong is the sentence the visitor sees. */
export function readInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  if (!isStorable(value)) throw refuse({ key: 'error.noKeyboard' });
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = fromText(issue?.message ?? '');
  // Zod's own sentences name types, not fields; the schemas that people meet carry ours.
  const isOurs = typeof what !== 'string' || what.endsWith('.');
  throw refuse(isOurs ? what : { key: 'error.field', values: { field } });
}

/** PostgreSQL takes every character but NUL, and in JSON no half of a pair (a lone surrogate). */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Cs}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, held]) => isStorable(name) && isStorable(held));
}

function refuse(what: PageMessage): PageError {
  return new PageError(400, what, { key: 'error.goBack' });
}
