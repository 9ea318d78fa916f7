// The token in a reader's link -> the reader.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { readerByToken, type Reader } from '../../core/store/readers.ts';
import { notFound } from '../page-error.ts';

const params = z.object({ token: z.string().regex(/^[\w-]{8,64}$/) });

/** The reader whose link this is; a token nobody has leads to the 404 page, like any other wrong address. */
export async function readerOf(db: Queryable, request: FastifyRequest): Promise<Reader> {
  const parsed = params.safeParse(request.params);
  const reader = parsed.success ? await readerByToken(db, parsed.data.token) : undefined;
  if (!reader) throw notFound('This link belongs to no reader. It may be incomplete.');
  return reader;
}
