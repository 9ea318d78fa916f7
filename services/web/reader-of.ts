// The token in a reader's link -> the reader.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { readerByFeedToken, type FeedReader } from '../../core/store/reader-feeds.ts';
import { leaverByToken, type Leaver } from '../../core/store/reader-tokens.ts';
import { readerByToken, type Reader } from '../../core/store/readers.ts';
import { notFound, type PageError } from '../page-error.ts';

const params = z.object({ token: z.string().regex(/^[\w-]{8,64}$/) });

/** The reader whose link this is, in whose language it is answered; a token nobody has leads to the 404 page, like any other wrong address. */
export async function readerOf(db: Queryable, request: FastifyRequest): Promise<Reader> {
  const token = tokenOf(request);
  const reader = token === undefined ? undefined : await readerByToken(db, token);
  if (!reader) throw nobody();
  request.pageLang = reader.lang;
  return reader;
}

/** Who may leave by the link of the request, which may have ended, and its token. */
export async function leaverOf({ db, now }: House, request: FastifyRequest): Promise<Leaver & { token: string }> {
  const token = tokenOf(request);
  const leaver = token === undefined ? undefined : await leaverByToken(db, { token, now: now() });
  if (token === undefined || !leaver) throw nobody();
  // A link that has ended tells nothing of its reader.
  if (leaver.isOwn) request.pageLang = leaver.reader.lang;
  return { ...leaver, token };
}

/** The reader whose private feed has this address. */
export async function feedReaderOf(db: Queryable, request: FastifyRequest): Promise<FeedReader> {
  const token = tokenOf(request);
  const reader = token === undefined ? undefined : await readerByFeedToken(db, token);
  if (!reader) throw nobody();
  return reader;
}

/** Who gives a signal: by their own link, which opens their preferences too, or by the address of their private feed. */
export async function signallerOf(
  db: Queryable,
  request: FastifyRequest,
): Promise<{ readerId: number; token: string; hasPreferences: boolean }> {
  const token = tokenOf(request);
  if (token === undefined) throw nobody();
  const own = await readerByToken(db, token);
  request.pageLang = own?.lang ?? null;
  const reader = own ?? (await readerByFeedToken(db, token));
  if (!reader) throw nobody();
  return { readerId: reader.id, token, hasPreferences: own !== undefined };
}

function tokenOf(request: FastifyRequest): string | undefined {
  return params.safeParse(request.params).data?.token;
}

function nobody(): PageError {
  return notFound({ key: 'error.nobody' });
}
