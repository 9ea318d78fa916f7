// The parts of an address -> typed values. Nobody typed them into a form: what is not well formed leads nowhere, which is a 404.
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fromText } from './message.ts';
import { notFound } from './page-error.ts';
import { isStorable } from './read-input.ts';

/** Reads the parts that a route names. Throws notFound, in the schema's words where it has some. */
export function readParams<Schema extends z.ZodType>(schema: Schema, { params }: FastifyRequest): z.infer<Schema> {
  const parsed = isStorable(params) ? schema.safeParse(params) : undefined;
  if (parsed?.success) return parsed.data;
  const said = parsed?.error.issues[0]?.message;
  // Zod's own sentences name types.
  throw said?.endsWith('.') ? notFound(fromText(said)) : notFound();
}
