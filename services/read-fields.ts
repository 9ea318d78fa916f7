// A form whose every wrong value is told at its field: what was read, or a sentence for each field that does not fit.
import type { z } from 'zod';

export type FieldErrors = Readonly<Record<string, string>>;

/** What a form holds, for its fields to show again: strings alone. */
export type TypedFields = Readonly<Record<string, string>>;

/** Reads a form by its schema; the first sentence of each field that does not fit. */
export function readFields<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): { data: z.infer<Schema> } | { errors: FieldErrors; typed: TypedFields } {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { data: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0] ?? '')] ??= message;
  return { errors, typed: typedIn(body) };
}

/** What a form holds as it was typed. */
export function typedIn(body: unknown): TypedFields {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
