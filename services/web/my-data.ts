// `/preferences/:token/data.zip` and `/preferences/:token/delete`: what is kept about a reader, to take along or to have deleted.
import type { FastifyInstance } from 'fastify';
import { strToU8, zipSync } from 'fflate';
import { departedHash } from '../../core/crypto/departed-hash.ts';
import { deleteReader, readerData } from '../../core/store/reader-data.ts';
import { seldom } from '../guard-pages.ts';
import type { Room } from '../room.ts';
import { readerOf } from './reader-of.ts';

/** Registers the file, the question and its answer. Opening a link deletes nothing. */
export function myDataRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now } = house;

  app.get('/preferences/:token/data.zip', { config: seldom }, async (request, reply) => {
    const reader = await readerOf(db, request);
    const data = await readerData(db, reader.id);
    const files = Object.entries(data).map(([name, rows]) => [`${name}.json`, strToU8(JSON.stringify(rows, null, 2))]);
    return reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="my-data.zip"')
      .header('cache-control', 'no-store')
      .send(Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>)));
  });

  app.get('/preferences/:token/delete', async (request, reply) => {
    const reader = await readerOf(db, request);
    return show(reply, 'delete-me', { title: wordsOf(request).say('deletion.title'), isPersonal: true, reader });
  });

  app.post('/preferences/:token/delete', async (request, reply) => {
    const reader = await readerOf(db, request);
    await deleteReader(db, { readerId: reader.id, hashOf: await departedHash(house), at: now() });
    return show(reply, 'deleted-me', { title: wordsOf(request).say('deletion.done'), isPersonal: true });
  });
}
