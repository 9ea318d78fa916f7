// Form fields, parameters and queries -> typed values; what does not fit becomes a 400 in plain words.
import type { z } from 'zod';
import { PageError } from './page-error.ts';

/** Reads a value by its schema. The first thing that is wrong is the sentence the visitor sees. */
export function readInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  if (!isStorable(value)) throw refuse('It holds a character that no keyboard types.');
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.');
  // Zod's own sentences name types, not fields; the schemas that people meet carry ours.
  const what = issue?.message.endsWith('.') ? issue.message : `The field "${field}" does not fit: ${issue?.message}.`;
  throw refuse(what);
}

/** PostgreSQL takes every character but NUL, and in JSON no half of a pair (a lone surrogate). */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Cs}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, held]) => isStorable(name) && isStorable(held));
}

function refuse(what: string): PageError {
  return new PageError(400, what, 'Go back, correct it, and send it again.');
}
